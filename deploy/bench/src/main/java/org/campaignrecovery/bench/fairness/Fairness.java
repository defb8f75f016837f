package org.campaignrecovery.bench.fairness;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.campaignrecovery.bench.ours.OurCampaign;
import org.campaignrecovery.bench.stage.BenchStage;
import org.campaignrecovery.local.client.Campaigns;
import org.campaignrecovery.local.client.RunProgress;
import org.campaignrecovery.local.processes.Poll;

/** Small campaigns that become due while a large one is under way on the only worker. */
final class Fairness {
    private static final int SMALL = 100;
    private static final int SMALL_ONES = 3;
    private static final int WARM_UP = 1_000;
    private static final int UNDER_WAY = 2_000;
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final int recipients;

    Fairness(int recipients) {
        this.recipients = recipients;
    }

    FairnessReport run() throws IOException {
        try (BenchStage stage = new BenchStage(recipients)) {
            System.err.printf("starting the servers and loading the orders of %,d customers%n", stage.customers());
            stage.open();
            stage.startWorkers(1);
            OurCampaign ours = new OurCampaign(stage);
            ours.toSome(WARM_UP);
            Campaigns campaigns = stage.campaigns();
            System.err.println("the large campaign");
            String large = campaigns.launch(OurCampaign.draft(Instant.now()));
            if (!Poll.until(LONGEST, LOOK_EVERY, () -> sent(campaigns, large) >= UNDER_WAY)) {
                throw new IllegalStateException("the large campaign does not get under way: " + campaigns.campaign(large));
            }
            long before = sent(campaigns, large);
            List<Double> seconds = new ArrayList<>();
            boolean complete = true;
            for (int n = 0; n < SMALL_ONES; n++) {
                System.err.printf("a small one beside it, %,d messages of the large one are sent%n", sent(campaigns, large));
                OurCampaign.Result small = ours.toSome(SMALL);
                seconds.add(small.seconds());
                complete &= small.complete();
            }
            boolean over = campaigns.latestRun(large).filter(RunProgress::isOver).isPresent();
            return new FairnessReport(recipients, before, sent(campaigns, large), over, seconds, complete);
        }
    }

    private static long sent(Campaigns campaigns, String campaign) {
        return campaigns.latestRun(campaign).map(run -> (long) run.count("email", "sent")).orElse(0L);
    }
}
