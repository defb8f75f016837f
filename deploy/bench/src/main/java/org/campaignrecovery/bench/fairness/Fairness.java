package org.campaignrecovery.bench.fairness;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.campaignrecovery.bench.ours.CampaignWatch;
import org.campaignrecovery.bench.ours.OurCampaign;
import org.campaignrecovery.bench.stage.BenchStage;
import org.campaignrecovery.local.client.Campaigns;

/** Small campaigns that become due while a large one is under way on the only worker. */
final class Fairness {
    private static final int SMALL = 100;
    private static final int SMALL_ONES = 3;
    private static final int WARM_UP = 1_000;
    private static final int UNDER_WAY = 2_000;

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
            CampaignWatch watch = new CampaignWatch(campaigns);
            System.err.println("the large campaign");
            String large = campaigns.launch(OurCampaign.draft(Instant.now()));
            watch.awaitSent(large, UNDER_WAY);
            long before = watch.sent(large);
            List<Double> seconds = new ArrayList<>();
            boolean complete = true;
            for (int n = 0; n < SMALL_ONES; n++) {
                System.err.printf("a small one beside it, %,d messages of the large one are sent%n", watch.sent(large));
                OurCampaign.Result small = ours.toSome(SMALL);
                seconds.add(small.seconds());
                complete &= small.complete();
            }
            return new FairnessReport(recipients, before, watch.sent(large), watch.isOver(large), seconds, complete);
        }
    }
}
