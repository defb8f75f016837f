package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.ApiClient;
import org.campaignrecovery.local.comparison.LedgerComparison;
import org.campaignrecovery.local.processes.Poll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Campaigns are paused, cancelled, and everything is stopped, while two workers send. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StopIT {
    /** How long what is on its way to a provider may take: the workers' {@code campaign.sending.provider-timeout}. */
    private static final Duration GROUP_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration END = Duration.ofSeconds(90);
    /** Slow enough that a campaign which goes on all the same is seen to go on after that time-out. */
    private static final int SLOW = 15;

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(300).answeringAfter(Duration.ofMillis(300)).withWorkerSettings(
            "campaign.planning.first-page=40", "campaign.planning.page=40");

    /**
     * After a pause is acknowledged nothing is sent later than one group's time-out; after it is resumed the rest is sent, once.
     * <p>
     * Fails when the last gate does not ask for the campaign's status, or when a pause leaves messages in doubt.
     */
    @Test
    void aPauseHoldsAndNothingIsLost() {
        Mission mission = begin();
        Instant acknowledged = order("/api/campaigns/" + mission.campaign() + "/pause");
        int resting = assertNothingLater(mission, acknowledged, "pause");
        assertThat(mission.campaignStatus()).isEqualTo("paused");
        order("/api/campaigns/" + mission.campaign() + "/resume");
        mission.awaitCompleted(END);
        mission.assertEverybodyReached();
        assertThat(resting).as("it was paused in the middle").isLessThan(scene.sample().email().planned());
    }

    /**
     * The same for a cancellation; what was not sent is counted as cancelled, and everybody is sent or cancelled.
     * <p>
     * Fails when the rest of a cancelled run is left open.
     */
    @Test
    void aCancellationEndsItAndCountsTheRest() {
        Mission mission = begin();
        Instant acknowledged = order("/api/campaigns/" + mission.campaign() + "/cancel");
        int sent = assertNothingLater(mission, acknowledged, "cancellation");
        assertThat(Poll.until(END, () -> mission.look().status().equals("cancelled"))).as("the run is cancelled").isTrue();
        LedgerComparison both = mission.comparison();
        assertThat(both.disagreements()).isEmpty();
        assertThat(both.email().sent()).isEqualTo(sent);
        assertThat(mission.look().count("email", "cancelled")).isPositive()
                .isEqualTo(mission.look().planned("email") - both.email().sent());
        assertThat(mission.look().adds()).isTrue();
    }

    /** The switch for everything holds every campaign, and lets it go on. */
    @Test
    void theSwitchStopsEverything() {
        Mission mission = begin();
        Instant acknowledged = order("/api/sending/stop");
        assertNothingLater(mission, acknowledged, "stop of everything");
        assertThat(mission.campaignStatus()).isEqualTo("processing");
        order("/api/sending/start");
        mission.awaitCompleted(END);
        mission.assertEverybodyReached();
    }

    private static Mission begin() {
        scene.workers(2);
        Mission mission = scene.launch(Duration.ofSeconds(1), draft -> draft.with("delivery", Map.of("ratePerSecond", SLOW)));
        mission.awaitStart();
        mission.awaitAccepted(30);
        return mission;
    }

    /** @return when the answer was there */
    private static Instant order(String path) {
        ApiClient operator = scene.cluster().login(LocalUsers.OPERATOR);
        operator.post(path);
        return Instant.now();
    }

    /** @return how many e-mails were taken in all */
    private static int assertNothingLater(Mission mission, Instant acknowledged, String what) {
        Poll.until(GROUP_TIMEOUT.plusSeconds(3), () -> false);
        Instant last = mission.emailsTakenAt().stream().max(Instant::compareTo).orElseThrow();
        System.out.printf("the last e-mail was taken %d ms after the %s was acknowledged%n",
                Duration.between(acknowledged, last).toMillis(),
                what);
        assertThat(last).as("nothing is sent later than one group's time-out after the " + what)
                .isBeforeOrEqualTo(acknowledged.plus(GROUP_TIMEOUT));
        return mission.emailsTakenAt().size();
    }
}
