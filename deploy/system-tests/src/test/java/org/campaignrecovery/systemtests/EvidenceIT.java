package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.local.processes.ManagedProcess;
import org.campaignrecovery.local.processes.Poll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A worker is killed with SMS in the air, so that their outcome is in doubt. Evidence of the provider, by itself and without anybody sending
 * anything, brings the doubt down to exactly those that the provider never took (promises P1, P2 and P3).
 */
class EvidenceIT {
    private static final Duration END = Duration.ofSeconds(90);
    private static final String[] SETTINGS = {"campaign.lease.dead-after=6s", "campaign.planning.first-page=40",
            "campaign.planning.page=40"};

    /** The provider tells the api, which is frozen while the worker dies: what it is told then comes to a delivery in doubt. */
    @Nested
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    class ToldByTheProvider {
        @RegisterExtension
        static final Scene scene = Scene.withCustomers(200).answeringAfter(Duration.ofMillis(1_500)).toldByTheProvider()
                .withWorkerSettings(SETTINGS).withWorkerSettings("campaign.look-up.enabled=false");

        /** Fails when no callback is asked for, when one is not believed, or when it does not reach what is in doubt. */
        @Test
        void doubtFallsToWhatTheProviderNeverTook() {
            List<Worker> workers = scene.workers(2);
            Mission mission = scene.launch();
            SmsInTheAir air = new SmsInTheAir(scene, mission.awaitStart());
            ManagedProcess api = scene.process("api-1");
            api.freeze();
            try {
                air.killOneOf(workers);
                assertThat(Poll.until(Duration.ofSeconds(40), () -> !air.recorded(air.doubt()).isEmpty()))
                        .as("what the provider took is in doubt, too").isTrue();
            } finally {
                api.thaw();
            }
            settle(scene, mission, air, Duration.ofSeconds(30));
        }
    }

    /** Nobody reaches us, so we ask. */
    @Nested
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    class LookedUp {
        @RegisterExtension
        static final Scene scene = Scene.withCustomers(200).answeringAfter(Duration.ofMillis(1_500)).withWorkerSettings(SETTINGS)
                .withWorkerSettings("campaign.look-up.after=20s", "campaign.look-up.every=1s", "campaign.look-up.per-second=20");

        /** Fails when what is in doubt is not looked up, or when absence is taken for a proof. */
        @Test
        void doubtFallsToWhatTheProviderNeverTook() {
            List<Worker> workers = scene.workers(2);
            Mission mission = scene.launch();
            SmsInTheAir air = new SmsInTheAir(scene, mission.awaitStart());
            air.killOneOf(workers);
            assertThat(Poll.until(Duration.ofSeconds(40), () -> !air.recorded(air.doubt()).isEmpty()))
                    .as("what the provider took is in doubt, too").isTrue();
            settle(scene, mission, air, Duration.ofSeconds(60));
        }
    }

    private static void settle(Scene scene, Mission mission, SmsInTheAir air, Duration limit) {
        Set<String> doubtBefore = new TreeSet<>(air.doubt());
        mission.awaitCompleted(END);
        assertThat(Poll.until(limit, () -> air.recorded(air.doubt()).isEmpty())).as("still in doubt, and taken: %s",
                air.recorded(air.doubt())).isTrue();
        Set<String> left = air.doubt();
        System.out.printf("SMS in doubt %d, of which the provider never took %d; left in doubt %d%n", doubtBefore.size(),
                doubtBefore.size() - air.recorded(doubtBefore).size(), left.size());
        assertThat(doubtBefore).as("what the provider never took stays in doubt").filteredOn(one -> air.recorded(Set.of(one)).isEmpty())
                .isSubsetOf(left);
        assertThat(Poll.until(Duration.ofSeconds(20), () -> scene.ledger().totals(air.run()).equals(scene.ledger().recount(air.run()))))
                .as("totals %s, recount %s", scene.ledger().totals(air.run()), scene.ledger().recount(air.run())).isTrue();
        mission.assertEverybodyPlanned();
        assertThat(mission.look().adds()).isTrue();
    }
}
