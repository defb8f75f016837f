package org.campaignrecovery.api.run;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.accounting.SentSpan;
import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.channel.Channel;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A run as the API shows it. For every channel of the run planned is the sum of its counts. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Run", requiredProperties = {"id", "campaignId", "campaignName", "type", "status", "scheduledFor", "planned", "counts",
        "skipped", "possiblyTwice"})
public class RunView {
    public String id;
    public String campaignId;
    public String campaignName;
    public String type;
    public String status;
    public Instant scheduledFor;
    public Instant startedAt;
    @Schema(description = "When the last page of the audience was planned")
    public Instant plannedAt;
    public Instant finishedAt;
    @Schema(description = "When the first message was accepted; of a run under way, in the batches that were put down so far")
    public Instant firstSentAt;
    @Schema(description = "When the last message was accepted; of a run under way, in the batches that were put down so far")
    public Instant lastSentAt;
    @Schema(description = "How late the run began, an ISO-8601 duration, when it was late", examples = "PT2H3M")
    public String overdueBy;
    @Schema(description = "How many earlier occurrences the run stands for, when there were any")
    public Integer coalesced;
    public String reason;
    @Schema(description = "Since when it is kept without personal data, so that nothing of it can be sent again")
    public Instant anonymised;
    public Map<String, Long> planned = new LinkedHashMap<>();
    public Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    public Map<String, Skips> skipped = new LinkedHashMap<>();
    @Schema(description = "How often an attempt that was no longer the latest of its message turned out to have been accepted: whoever it "
            + "was for may have received two. They are counted in counts like all others")
    public Map<String, Long> possiblyTwice = new LinkedHashMap<>();

    /** The run with its accounts. */
    public static RunView of(RunDocument run, RunCountsRepository.Accounts accounts) {
        RunView view = new RunView();
        view.id = run.id;
        view.campaignId = run.campaignId;
        view.campaignName = run.campaignName;
        view.type = run.type.wire();
        view.status = run.state.wire();
        view.scheduledFor = run.scheduledFor;
        view.startedAt = run.startedAt;
        view.plannedAt = run.plannedAt;
        view.finishedAt = run.finishedAt;
        SentSpan sent = new SentSpan(run.firstSentAt, run.lastSentAt).plus(accounts.sent());
        view.firstSentAt = sent.first();
        view.lastSentAt = sent.last();
        view.overdueBy = run.overdueBySeconds == null ? null : Duration.ofSeconds(run.overdueBySeconds).toString();
        view.coalesced = run.coalesced;
        view.reason = run.reason;
        view.anonymised = run.anonymised;
        run.frozen.channels().forEach(channel -> view.account(channel, run, accounts));
        return view;
    }

    private void account(Channel channel, RunDocument run, RunCountsRepository.Accounts accounts) {
        Counts sum = accounts.counts().getOrDefault(channel, totals(run, channel));
        planned.put(channel.wire(), sum.planned());
        counts.put(channel.wire(), sum.toWire());
        possiblyTwice.put(channel.wire(), accounts.twice().getOrDefault(channel, 0L));
        skipped.put(channel.wire(), accounts.skipped().getOrDefault(channel, Skips.NONE));
    }

    /** A run that another system has sent may have totals and no batches. */
    private static Counts totals(RunDocument run, Channel channel) {
        Map<String, Long> totals = run.totals == null ? null : run.totals.get(channel.wire());
        return totals == null ? Counts.NONE : Counts.fromWire(totals);
    }
}
