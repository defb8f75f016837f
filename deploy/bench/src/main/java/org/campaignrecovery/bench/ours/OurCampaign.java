package org.campaignrecovery.bench.ours;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

import org.campaignrecovery.bench.stage.BenchStage;
import org.campaignrecovery.bench.stage.WarmUp;
import org.campaignrecovery.local.client.CampaignDraft;
import org.campaignrecovery.local.client.Campaigns;
import org.campaignrecovery.local.client.RunProgress;
import org.campaignrecovery.local.comparison.LedgerComparison;
import org.campaignrecovery.local.record.NdjsonLog;

/** A campaign by e-mail to all customers through api and worker, from the moment at which it is due until its run is completed. */
public final class OurCampaign {
    private static final Duration UNTIL_DUE = Duration.ofSeconds(5);

    private final BenchStage stage;

    public OurCampaign(BenchStage stage) {
        this.stage = stage;
    }

    /**
     * @param planned messages
     * @param seconds from due to completed
     * @param firstMessageSeconds from due to the first message that the mail server took
     * @param bytesPerDelivery BSON in pages, batches and deliveries for each, without indexes
     * @param commandsPerDelivery that the ledger's server carried out for each, of all processes; null where it does not tell
     * @param complete everybody was planned, and received one message
     */
    public record Result(int planned, double seconds, double firstMessageSeconds, OptionalLong workerMb, OptionalLong apiMb,
            long bytesPerDelivery, Double commandsPerDelivery, boolean complete) {
        public double perSecond() {
            return planned / seconds;
        }
    }

    /** To everybody, once smaller campaigns do not get faster any more. */
    public Warm warm() throws IOException {
        double first = WarmUp.with(() -> toSome(WarmUp.ROUND).perSecond());
        return new Warm(first, run(draft(Instant.now().plus(UNTIL_DUE)), stage.reachable()));
    }

    /** @param coldPerSecond of the first campaign after the start */
    public record Warm(double coldPerSecond, Result result) {
    }

    /** @param number of customers who get a campaign of their own first */
    public Result after(int number) throws IOException {
        toSome(number);
        return run(draft(Instant.now().plus(UNTIL_DUE)), stage.reachable());
    }

    /** A campaign to so many customers, listed by their ids. */
    public Result toSome(int number) throws IOException {
        return run(draft(Instant.now().plus(UNTIL_DUE)).without("audience").with("targetedCustomerIds", stage.someCustomers(number)), -1);
    }

    /** @param reachable how many must be planned, negative when that is not known */
    private Result run(CampaignDraft draft, int reachable) throws IOException {
        Campaigns campaigns = stage.campaigns();
        OptionalLong before = LedgerCommands.of(stage.ledger());
        RunProgress run = new CampaignWatch(campaigns).awaitEnd(campaigns.launch(draft));
        OptionalLong after = LedgerCommands.of(stage.ledger());
        Instant due = Instant.parse(run.json().get("scheduledFor").asText());
        Instant finished = Instant.parse(run.json().get("finishedAt").asText());
        int planned = run.planned("email");
        LedgerComparison both = LedgerComparison.of(stage.ledger(), run.id(), stage.smtpRecord(), stage.smsRecord());
        boolean complete = both.disagreements().isEmpty() && both.email().receivedTwice() == 0 && both.email().sent() == planned
                && (reachable < 0 || planned == reachable);
        long bytes = LedgerSize.of(stage.ledger(), run.id()) / planned;
        return new Result(planned, seconds(due, finished), seconds(due, firstMail(run.id())), stage.workerMegabytes(),
                stage.apiMegabytes(), bytes, perDelivery(before, after, planned), complete);
    }

    private static Double perDelivery(OptionalLong before, OptionalLong after, int planned) {
        return before.isPresent() && after.isPresent() ? (double) (after.getAsLong() - before.getAsLong()) / planned : null;
    }

    /** By e-mail to everybody. */
    public static CampaignDraft draft(Instant due) {
        return CampaignDraft.toEverybody("a benchmark", due).with("channels", List.of("email")).without("sms");
    }

    private Instant firstMail(String run) throws IOException {
        Instant[] first = {Instant.MAX};
        NdjsonLog.read(stage.smtpRecord(), line -> {
            Instant at = Instant.parse(line.get("at").asText());
            if (line.path("run").asText().equals(run) && at.isBefore(first[0])) {
                first[0] = at;
            }
        });
        return first[0];
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1e3;
    }
}
