package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Memory does not depend on the size of the audience (promise P7). Minutes long: {@code make test-large}. */
@Tag("slow")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class LargeAudienceIT {
    private static final int CUSTOMERS = Integer.getInteger("large.customers", 200_000);

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(CUSTOMERS).withStackJvm("-Xmx3g", "-XX:+UseParallelGC");

    /**
     * A worker with 192 MB of heap plans and sends a campaign to 200,000 customers, everybody once.
     * <p>
     * Fails when the audience, the pages or the batches of a run are held in memory.
     */
    @Test
    void aSmallWorkerSendsToAHugeAudience() {
        Worker worker = scene.worker(1, "-Xmx192m");
        Mission mission = scene.launch();
        mission.awaitStart();
        long started = System.nanoTime();
        mission.awaitCompleted(Duration.ofMinutes(35));
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        String peak = PeakMemory.of(worker.process().pid());
        int messages = scene.sample().email().planned() + scene.sample().sms().planned();
        System.out.printf("%,d customers, %,d messages in %d s (%,d a second); the worker's peak: %s%n", CUSTOMERS, messages,
                took.toSeconds(), messages / Math.max(1, took.toSeconds()), peak);
        mission.assertEverybodyReached();
        assertThat(worker.log()).as("the worker's log").doesNotContain("OutOfMemoryError");
    }
}
