package org.campaignrecovery.api.migration;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.accounting.SentSpan;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.run.RunId;
import org.campaignrecovery.model.run.RunState;

/** The run that stands for what the system before has sent of a campaign. */
final class MovedRun {

    private MovedRun() {
    }

    /** The occurrence that it is the run of; empty when the old document has no date at all. */
    static Optional<CampaignDocument.Current> occurrence(OldCampaign old) {
        CampaignDocument campaign = old.campaign();
        Stream<Instant> known = old.recurring()
                ? Stream.of(old.lastRunAt(), campaign.startDate, campaign.createdAt)
                : Stream.of(campaign.startDate, old.lastRunAt(), campaign.createdAt);
        return known.filter(instant -> instant != null).findFirst()
                .map(instant -> new CampaignDocument.Current(RunId.of(campaign.id, instant).toString(), instant));
    }

    /** By channel, what was sent according to the recorded addresses or the old counts, whichever says more. */
    static Map<String, Map<String, Long>> totals(OldCampaign old, List<ReachedPage> pages) {
        Map<String, Map<String, Long>> totals = new LinkedHashMap<>();
        long failed = old.failedCount();
        for (Channel channel : Channel.values()) {
            Counts recorded = pages.stream().flatMap(page -> page.batches().stream()).filter(batch -> batch.channel() == channel)
                    .map(BatchDocument::vector).reduce(Counts.NONE, Counts::plus);
            long counted = old.sentCounts().getOrDefault(channel, 0L);
            Counts counts = recorded.plus(DeliveryState.SENT, Math.max(0, counted - recorded.get(DeliveryState.SENT)));
            if (counts.planned() > 0 || old.campaign().channels.contains(channel)) {
                totals.put(channel.wire(), counts.plus(DeliveryState.FAILED, failed).toWire());
                failed = 0;
            }
        }
        return totals;
    }

    /** Gives an ended run its end. */
    static void end(RunDocument run, RunState state, OldCampaign old, List<ReachedPage> pages, String reason) {
        SentSpan sent = pages.stream().flatMap(page -> page.batches().stream()).map(BatchDocument::sent).reduce(SentSpan.NONE,
                SentSpan::plus);
        run.state = state;
        run.totals = totals(old, pages);
        run.skipped = Map.of();
        run.firstSentAt = sent.first();
        run.lastSentAt = sent.last();
        run.finishedAt = Stream.of(sent.last(), old.lastRunAt(), run.startedAt).filter(instant -> instant != null).findFirst()
                .orElseThrow();
        run.reason = reason;
        run.published = true;
    }
}
