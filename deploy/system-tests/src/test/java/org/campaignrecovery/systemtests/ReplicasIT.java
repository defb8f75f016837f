package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.campaignrecovery.local.processes.Poll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two apis and three workers (promises P1, P5, P7). */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ReplicasIT {
    private static final int WORKERS = 3;

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(400).answeringAfter(Duration.ofMillis(300)).withWorkerSettings(
            "campaign.planning.first-page=20", "campaign.planning.page=20");

    /**
     * Both apis try to start a due campaign and one loses; there is one run, it starts on time, every worker sends a part of it, and nobody
     * receives two.
     * <p>
     * Fails when a start is not guarded, when events of a run all go to one partition, or when a worker takes more batches than it has slots.
     */
    @Test
    void oneRunOnAllWorkersWhoeverStartsIt() {
        scene.startApi(2).awaitReady();
        scene.workers(WORKERS);
        Mission mission = scene.launch(Duration.ofSeconds(4));
        String run = mission.awaitStart();
        mission.awaitCompleted(Duration.ofSeconds(90));

        mission.assertEverybodyReached();
        assertThat(mission.runs()).as("runs").isEqualTo(1);
        assertThat(scene.ledger().claimants(run)).as("messages by worker").hasSize(WORKERS);
        assertThat(apis().filter(log -> log.contains(") started campaign=" + mission.campaign()))).as("apis that started it").hasSize(1);
        assertThat(Poll.until(Duration.ofSeconds(5),
                () -> apis().filter(log -> log.contains("another replica has started campaign=" + mission.campaign())).count() == 1))
                .as("the other api has tried and lost").isTrue();
        Duration late = Duration.between(mission.due(), mission.startedAt());
        assertThat(late).as("started after it was due").isBetween(Duration.ZERO, Duration.ofSeconds(2));
    }

    private static Stream<String> apis() {
        return List.of("api-1", "api-2").stream().map(scene::log);
    }
}
