package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.local.kafka.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nobody hears events, or nobody rings for batches. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LedgerAloneIT {
    private static final Duration END = Duration.ofSeconds(90);

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(200).withWorkerSettings("campaign.planning.page=50");

    /**
     * P2, P6: with all events thrown away a campaign completes by the sweeps.
     * <p>
     * Fails when one of the sweeps for runs without a planner and for waiting batches is missing.
     */
    @Test
    void aCampaignCompletesByTheSweepsAlone() throws Exception {
        scene.workers(1, "mp.messaging.incoming.campaign-due.enabled=false", "mp.messaging.incoming.campaign-batch.enabled=false",
                "campaign.doorbell.enabled=false");
        try (Topics topics = scene.topics()) {
            long rungForBatches = topics.records("campaign-batch");
            long rungForRuns = topics.records("campaign-due");
            var heard = topics.committed("campaign-planner");
            Mission mission = scene.launch();
            mission.awaitStart();
            mission.awaitCompleted(END);

            mission.assertEverybodyReached();
            assertThat(topics.records("campaign-batch") - rungForBatches).as("rings for batches").isZero();
            assertThat(topics.records("campaign-due") - rungForRuns).as("rings for the run").isEqualTo(1);
            assertThat(topics.committed("campaign-planner")).as("nobody heard it").isEqualTo(heard);
        }
    }

    /**
     * P2, P6: losing only the batches' events.
     * <p>
     * Fails when the sweep for waiting batches is missing.
     */
    @Test
    void batchesThatNobodyRingsForAreFound() {
        scene.workers(2, "campaign.doorbell.enabled=false");
        Mission mission = scene.launch();
        mission.awaitStart();
        mission.awaitCompleted(END);
        mission.assertEverybodyReached();
    }
}
