package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.local.cluster.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers come and are told to stop, one after the other, as in a rolling restart that does not end (promise P4). */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class ManyStopsIT {
    /** {@code make test-large} asks for twenty. */
    private static final int STOPS = Integer.getInteger("stops", 6);
    private static final int AT_ONCE = 3;
    private static final Duration GRACE = Duration.ofSeconds(25);
    private static final Duration END = Duration.ofSeconds(120);
    private static final String NOT_IN_TIME = "within the grace period";

    /** Workers that are slow enough for the campaign to be under way at the last of the stops. */
    @RegisterExtension
    static final Scene scene = Scene.withCustomers(2_400).withWorkerSettings("campaign.planning.first-page=40",
            "campaign.planning.page=40", "campaign.sending.email.groups=2", "campaign.sending.email.group-size=4",
            "campaign.sending.sms.groups=2", "campaign.sending.sms.group-size=4",
            "campaign.look-up.enabled=false");

    /**
     * Several times a worker is told to stop while providers have its messages: it is gone within its grace period, has given its leases back,
     * and others go on; in the end nobody is in doubt and nobody is lost.
     * <p>
     * Fails when a group that waits for its turn begins after all, when a process ends before its groups are recorded, or when leases are
     * left to die.
     */
    @Test
    void stopsInMidBatchLeaveNoDoubt() {
        SlowProviders.begin(scene.faults());
        Deque<Service> services = new ArrayDeque<>();
        int started = 0;
        while (started < AT_ONCE) {
            services.add(scene.startWorker(++started));
        }
        services.forEach(Service::awaitReady);
        Mission mission = scene.launch();
        String run = mission.awaitStart();
        Duration longest = Duration.ZERO;
        int inTheAir = 0;
        for (int stop = 1; stop <= STOPS; stop++) {
            services.add(scene.startWorker(++started));
            Worker worker = new Worker(services.poll().awaitReady());
            String boot = worker.awaitSending(scene.ledger(), run);
            inTheAir += scene.ledger().sendingOf(run, boot).size();
            long told = System.nanoTime();
            worker.process().terminate();
            assertThat(worker.process().awaitExit(GRACE)).as("stop %d is over within the grace period", stop).isTrue();
            Duration took = Duration.ofNanos(System.nanoTime() - told);
            longest = took.compareTo(longest) > 0 ? took : longest;
            assertThat(scene.ledger().leasedBy(run, boot)).as("leases that stop %d left behind", stop).isEmpty();
            assertThat(scene.ledger().sendingOf(run, boot)).as("claims that stop %d left behind", stop).isEmpty();
            assertThat(worker.log()).doesNotContain(NOT_IN_TIME);
        }
        assertThat(mission.look().isOver()).as("the campaign is over before the last stop").isFalse();
        int accepted = mission.accepted();
        scene.faults().clear();
        mission.awaitCompleted(END);
        System.out.printf("%d stops with %d messages in the air, %d sent by then, the longest took %.1f s%n", STOPS, inTheAir, accepted,
                longest.toMillis() / 1e3);
        mission.assertEverybodyReached();
    }
}
