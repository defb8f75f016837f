package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ledger's sweeps are switched off, in the api and in the workers. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class KafkaAloneIT {
    @RegisterExtension
    static final Scene scene = Scene.withCustomers(200).withApiSettings("campaign.sweep.enabled=false")
            .withWorkerSettings("campaign.sweep.enabled=false", "campaign.planning.page=50");

    /**
     * P2: events alone carry a campaign to its completion.
     * <p>
     * Fails when a page rings for none or only one of its batches, or when the run's completion is left to the sweeps.
     */
    @Test
    void aCampaignCompletesByEventsAlone() {
        List<Worker> workers = scene.workers(2);
        Mission mission = scene.launch();
        mission.awaitStart();
        mission.awaitCompleted(Duration.ofSeconds(60));

        mission.assertEverybodyReached();
        assertThat(workers).as("nobody sweeps").allSatisfy(worker -> assertThat(worker.log()).contains("sweeps are off in this process"));
        assertThat(scene.log("api-1")).contains("campaign sweeps are off");
    }
}
