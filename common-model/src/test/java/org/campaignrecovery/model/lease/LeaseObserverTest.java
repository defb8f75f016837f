package org.campaignrecovery.model.lease;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.longs;

import java.time.Duration;
import java.util.List;

import org.campaignrecovery.model.lease.LeaseObserver.Lease;
import org.junit.jupiter.api.Test;

class LeaseObserverTest {
    private static final Lease<String> LEASE = new Lease<>("batch", 1, 7);
    private final LeaseObserver<String> observer = new LeaseObserver<>(Duration.ofSeconds(20), Duration.ofSeconds(5));

    @Test
    void aLeaseThatStandsStillForTwentySecondsIsDead() {
        assertThat(passes(0, 19)).isFalse();
        assertThat(passes(20, 20)).isTrue();
        assertThat(passes(21, 21)).as("and stays dead until it is taken").isTrue();
    }

    @Test
    void timeCountsFromTheFirstReplyToTheLastIssue() {
        assertThat(pass(0, 900, LEASE)).isFalse();
        for (int t = 4; t <= 16; t += 4) {
            assertThat(pass(t * 1000, t * 1000, LEASE)).isFalse();
        }
        assertThat(pass(20_000, 20_900, LEASE)).as("20.9 s, of which the lease was certainly silent for 19.1").isFalse();
        assertThat(pass(20_900, 20_900, LEASE)).isTrue();
    }

    @Test
    void aHeartbeatOrAnotherOwnerBeginsANewObservation() {
        passes(0, 19);
        assertThat(pass(20_000, 20_000, new Lease<>("batch", 1, 8))).isFalse();
        assertThat(pass(21_000, 21_000, new Lease<>("batch", 2, 8))).isFalse();
        for (int t = 22; t < 41; t++) {
            assertThat(pass(t * 1000, t * 1000, new Lease<>("batch", 2, 8))).isFalse();
        }
        assertThat(pass(41_000, 41_000, new Lease<>("batch", 2, 8))).isTrue();
    }

    @Test
    void aFailedReadBeginsEveryObservationAnew() {
        passes(0, 19);
        observer.failed();
        assertThat(passes(20, 39)).isFalse();
        assertThat(passes(40, 40)).isTrue();
    }

    @Test
    void aGapInTheLoopBeginsEveryObservationAnew() {
        passes(0, 19);
        assertThat(pass(24_001, 24_001, LEASE)).isFalse();
        assertThat(pass(29_001, 29_001, LEASE)).as("exactly five seconds are no gap").isFalse();
        for (int t = 30; t < 44; t++) {
            assertThat(pass(t * 1000, t * 1000, LEASE)).isFalse();
        }
        assertThat(pass(44_001, 44_001, LEASE)).isTrue();
    }

    @Test
    void aReadThatHungIsAGapTooForItMayHaveHeldUpTheHeartbeat() {
        passes(0, 1);
        assertThat(pass(2_000, 27_000, LEASE)).isFalse();
        assertThat(pass(28_000, 28_000, LEASE)).isFalse();
    }

    @Test
    void aLeaseThatIsNotListedAnyMoreIsForgotten() {
        passes(0, 19);
        assertThat(observer.pass(seconds(20), seconds(20), List.of())).isEmpty();
        assertThat(passes(21, 40)).isFalse();
        assertThat(passes(41, 41)).isTrue();
    }

    @Test
    void theClockMayStartAnywhereAndWrapAround() {
        long start = Long.MAX_VALUE - seconds(10);
        for (int t = 0; t < 20; t++) {
            assertThat(observer.pass(start + seconds(t), start + seconds(t), List.of(LEASE))).isEmpty();
        }
        assertThat(observer.pass(start + seconds(20), start + seconds(20), List.of(LEASE))).containsExactly(LEASE);
    }

    /**
     * Whatever pauses and slow reads the observer suffers, and wherever within a read the database takes its look. It even holds for
     * hearts that beat every 19 s; the protocol's beat every 2 s.
     */
    @Test
    void aLeaseWhoseHeartbeatChangesIsNeverDead() {
        var waits = lists().of(longs().between(0, 6_000_000L)).ofSizeBetween(1, 60);
        var reads = lists().of(longs().between(0, 1_500_000L)).ofSizeBetween(1, 60);
        qt().forAll(waits, reads, integers().between(0, 100), integers().between(1, 19_000)).check((wait, read, look, beat) -> {
            var paused = new LeaseObserver<String>(Duration.ofSeconds(20), Duration.ofSeconds(5));
            long now = 0;
            for (int i = 0; i < wait.size(); i++) {
                long issued = now + micros(wait.get(i));
                long replied = issued + micros(read.get(i % read.size()));
                long hb = (issued + (replied - issued) / 100 * look) / millis(beat);
                if (!paused.pass(issued, replied, List.of(new Lease<>("batch", 1, hb))).isEmpty()) {
                    return false;
                }
                now = replied;
            }
            return true;
        });
    }

    /** Sweep every second, reads of up to 300 ms: the last heartbeat is seen within one round, and 20 s end within another. */
    @Test
    void aLeaseThatStopsIsFoundDeadWithinDeadAfterAndTwoSweeps() {
        qt().forAll(integers().between(0, 10_000), lists().of(integers().between(0, 300)).ofSizeBetween(1, 20)).check((stopsAt, reads) -> {
            var watching = new LeaseObserver<String>(Duration.ofSeconds(20), Duration.ofSeconds(5));
            long now = 0;
            for (int i = 0; now <= stopsAt + 20_000 + 2 * 1_300; i++) {
                long replied = now + reads.get(i % reads.size());
                long hb = Math.min(now, stopsAt) / 2_000;
                if (!watching.pass(millis(now), millis(replied), List.of(new Lease<>("batch", 1, hb))).isEmpty()) {
                    return now >= stopsAt / 2_000 * 2_000 + 20_000;
                }
                now = replied + 1_000;
            }
            return false;
        });
    }

    /** Whether any pass of those at each of these seconds found the lease dead. */
    private boolean passes(int fromSecond, int toSecond) {
        boolean dead = false;
        for (int t = fromSecond; t <= toSecond; t++) {
            dead |= pass(t * 1000L, t * 1000L, LEASE);
        }
        return dead;
    }

    private boolean pass(long issuedMillis, long repliedMillis, Lease<String> lease) {
        return observer.pass(millis(issuedMillis), millis(repliedMillis), List.of(lease)).equals(List.of(lease));
    }

    private static long micros(long micros) {
        return micros * 1_000;
    }

    private static long millis(long millis) {
        return MILLISECONDS.toNanos(millis);
    }

    private static long seconds(long seconds) {
        return SECONDS.toNanos(seconds);
    }
}
