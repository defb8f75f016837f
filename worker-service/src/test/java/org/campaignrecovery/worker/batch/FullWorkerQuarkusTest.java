package org.campaignrecovery.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.startup.BootId;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.mongodb.client.model.Filters;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/** What a worker does with a record whose batch it has no slot for. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class FullWorkerQuarkusTest {
    private static final Duration A_WHILE = Duration.ofMillis(600);

    @Inject
    Ledger ledger;
    @Inject
    BatchTaker taker;
    @Inject
    BatchSlots slots;
    @Inject
    BatchConfig config;
    @Inject
    BootId boot;

    private BatchDocument batch;
    private final Deque<ChannelSlots.Slot> taken = new ArrayDeque<>();

    /** Its run is over, so that no sweep is quicker. What another test has begun gives its slot back first. */
    @BeforeEach
    void everySlotIsTaken() {
        ledger.awaitOpen();
        RunDocument run = TestRuns.planning(Channel.EMAIL);
        run.state = RunState.COMPLETED;
        ledger.insert(run);
        batch = ledger.batch(run, 0, Channel.EMAIL, 2);
        await().atMost(Duration.ofSeconds(60)).until(() -> slots.free(Channel.EMAIL) == config.slots());
        for (int n = 0; n < config.slots() + config.newcomerSlots(); n++) {
            taken.add(slots.take(Channel.EMAIL, "another " + n, BatchSlots.Need.NEW).orElseThrow());
        }
    }

    @AfterEach
    void giveBack() {
        while (!taken.isEmpty()) {
            giveOneBack();
        }
    }

    @Test
    void itTakesTheBatchOnceASlotIsGivenBack() {
        CompletableFuture<BatchTaker.Taken> answer = ask();
        giveOneBack();
        assertThat(answer.join()).isEqualTo(BatchTaker.Taken.LEASED);
    }

    /** Dozens of records wait for minutes: whoever asked for their batches ten times a second would ask for nothing else. */
    @Test
    void itDoesNotAskTheLedgerWhileItWaits() {
        CompletableFuture<BatchTaker.Taken> answer = ask();
        Ledger.await(ledger.of(BatchDocument.COLLECTION, BatchDocument.class).deleteOne(Filters.eq("_id", batch.id())));
        await().during(A_WHILE).until(() -> !answer.isDone());
        giveOneBack();
        assertThat(answer.join()).as("only now it sees that the batch has gone").isEqualTo(BatchTaker.Taken.UNKNOWN);
    }

    /** Thousands of records come at once when a topic is replayed: they are not to stand before the claims and heartbeats of those who work. */
    @Test
    void itLooksAtABoundedNumberOfBatchesAtATime() {
        AtomicInteger asked = new AtomicInteger();
        BatchTaker patient = new BatchTaker(new BatchRepository() {
            @Override
            public Uni<BatchDocument> byId(String id) {
                asked.incrementAndGet();
                return Uni.createFrom().nothing();
            }
        }, slots, null, null, null, null, boot, null, null, null, null);
        List<Cancellable> asking = IntStream.range(0, 200).mapToObj(n -> patient.takeRung(batch.id(), null).subscribe().with(taken -> {
        })).toList();
        assertThat(asked).hasValue(32);
        asking.forEach(Cancellable::cancel);
    }

    /** Returns when the batch has been looked at and found no slot. */
    private CompletableFuture<BatchTaker.Taken> ask() {
        CompletableFuture<BatchTaker.Taken> answer = taker.takeRung(batch.id(), null).subscribeAsCompletionStage();
        await().during(A_WHILE).until(() -> !answer.isDone());
        return answer;
    }

    private void giveOneBack() {
        taken.remove().giveBack();
    }
}
