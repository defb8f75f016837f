package org.campaignrecovery.ledger.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;

class LoopsTest {
    private static final Duration OFTEN = Duration.ofMillis(5);
    private final Loops loops = new Loops();

    @AfterEach
    void end() {
        loops.stop(null);
    }

    @Test
    void aTurnThatTakesLongHoldsUpNoOtherLoop() throws InterruptedException {
        CountDownLatch turns = new CountDownLatch(5);
        loops.every(OFTEN, () -> Uni.createFrom().nothing(), "the slow one ended");
        loops.every(OFTEN, () -> turn(turns), "the quick one ended");
        assertThat(turns.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Or heartbeats and sweeps of a process that stops run into a container that is gone, and say so as errors. */
    @Test
    void theTurnThatIsUnderWayEndsWithTheProcess() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        loops.every(OFTEN, () -> Uni.createFrom().emitter(turn -> {
            turn.onTermination(ended::countDown);
            begun.countDown();
        }), "it ended");
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        loops.stop(null);
        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private static Uni<Void> turn(CountDownLatch turns) {
        turns.countDown();
        return Uni.createFrom().voidItem();
    }
}
