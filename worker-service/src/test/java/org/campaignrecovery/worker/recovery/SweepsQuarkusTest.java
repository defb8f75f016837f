package org.campaignrecovery.worker.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.campaignrecovery.ledger.loop.Loops;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.campaignrecovery.worker.batch.Stopping;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.campaignrecovery.worker.run.RunRepository;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;

@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class SweepsQuarkusTest {
    @Inject
    Ledger ledger;
    @Inject
    RunRepository runs;
    @Inject
    LedgerGate gate;
    @Inject
    Loops loops;
    @Inject
    Stopping stopping;

    private final CountDownLatch looks = new CountDownLatch(5);
    private final CountDownLatch gaps = new CountDownLatch(2);

    /** With many runs one sweep can take longer than the gap after which an observer of leases begins anew: nobody would ever be found dead. */
    @Test
    void aSweepThatTakesForEverKeepsNoOtherFromItsWork() throws InterruptedException {
        start(active -> Uni.createFrom().nothing(), active -> Uni.createFrom().voidItem().invoke(looks::countDown));
        assertThat(looks.await(20, TimeUnit.SECONDS)).as("five looks").isTrue();
    }

    @Test
    void aSweepThatFailsIsToldOfTheGapAndTriesAgain() throws InterruptedException {
        start(new Sweep() {
            @Override
            public Uni<Void> sweep(List<RunDocument> active) {
                throw new IllegalStateException("the ledger is away");
            }

            @Override
            public void gap() {
                gaps.countDown();
            }
        });
        assertThat(gaps.await(20, TimeUnit.SECONDS)).as("two gaps").isTrue();
    }

    private void start(Sweep... sweeps) {
        ledger.awaitOpen();
        new Sweeps(runs, List.of(sweeps), gate, stopping, new Often(), loops, true).start(null);
    }

    private static final class Often implements RecoveryConfig {
        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public Duration every() {
            return Duration.ofMillis(200);
        }

        @Override
        public Duration patience() {
            return Duration.ofSeconds(2);
        }
    }
}
