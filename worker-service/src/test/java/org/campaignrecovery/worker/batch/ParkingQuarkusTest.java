package org.campaignrecovery.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Inject;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.planning.PageState;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.campaignrecovery.worker.run.RunCompletion;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** A batch that kills every owner is put aside, and its run waits for an operator. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class ParkingQuarkusTest {
    @Inject
    Ledger ledger;
    @Inject
    BatchRepository batches;
    @Inject
    BatchTaker taker;
    @Inject
    RunCompletion completion;

    private RunDocument run;
    private BatchDocument batch;

    /** The run counts as ended until a test says otherwise, so that no sweep takes its batch first. */
    @BeforeEach
    void aBatchOfTwo() {
        ledger.awaitOpen();
        run = TestRuns.planning(Channel.EMAIL);
        run.state = RunState.COMPLETED;
        ledger.insert(run);
        batch = ledger.batch(run, 0, Channel.EMAIL, 2);
    }

    @Test
    void afterFiveOwnersThatDiedTheBatchIsParkedAndOfferedToNobody() {
        for (int owner = 1; owner <= 5; owner++) {
            leaseAndDie(owner);
        }
        assertThat(takeOver()).isEqualTo(BatchTaker.Taken.NOT_NEEDED);
        BatchDocument parked = ledger.batch(batch.id());
        assertThat(parked.parked()).isTrue();
        assertThat(parked.state()).isEqualTo(BatchState.READY);
        assertThat(parked.fruitless()).isEqualTo(5);
        assertThat(parked.epoch()).isEqualTo(5);

        Instant later = Instant.now().plusSeconds(60);
        assertThat(Ledger.await(batches.waiting(run.id, Channel.EMAIL, later, later, 10))).isEmpty();
        assertThat(Ledger.await(batches.openNow(run.id, later))).isZero();
        assertThat(Ledger.await(taker.takeReady(batch.id()))).as("rung for, for instance by a replay")
                .isEqualTo(BatchTaker.Taken.NOT_NEEDED);

        assertThat(Ledger.await(batches.won(BatchRules.unpark(batch.id(), Instant.now())))).isTrue();
        assertThat(Ledger.await(taker.takeReady(batch.id()))).isEqualTo(BatchTaker.Taken.LEASED);
        awaitDone();
    }

    @Test
    void theFifthLeaseStillWorks() {
        for (int owner = 1; owner <= 4; owner++) {
            leaseAndDie(owner);
        }
        assertThat(takeOver()).isEqualTo(BatchTaker.Taken.LEASED);
        awaitDone();
        assertThat(ledger.batch(batch.id()).fruitless()).as("it was not in vain").isNull();
    }

    @Test
    void aRunWithAParkedBatchDoesNotComplete() {
        Ledger.await(batches.won(BatchRules.park(batch.id(), BatchState.READY, 0, 0, Instant.now())));
        Ledger.await(ledger.of(PageDocument.COLLECTION, PageDocument.class).insertOne(
                new PageDocument(run.id + ":1", run.id, 1, PageState.END, null, null, null, null, null, 1L, null)));
        ledger.set(RunDocument.COLLECTION, run.id, "state", RunState.SENDING.wire());
        assertThat(Ledger.await(completion.check(run.id))).isFalse();
        await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(20)).until(() -> ledger.batch(batch.id()).epoch() == 0
                && ledger.run(run.id).state == RunState.SENDING);

        assertThat(Ledger.await(batches.won(BatchRules.unpark(batch.id(), Instant.now())))).isTrue();
        await().atMost(Duration.ofSeconds(60)).until(() -> ledger.run(run.id).state == RunState.COMPLETED);
    }

    private void leaseAndDie(int owner) {
        BatchDocument seen = ledger.batch(batch.id());
        assertThat(Ledger.await(batches.won(BatchRules.take(seen.id(), seen.state(), seen.epoch(), seen.hb(), "dead" + owner,
                Instant.now())))).isTrue();
    }

    private BatchTaker.Taken takeOver() {
        BatchDocument seen = ledger.batch(batch.id());
        return Ledger.await(taker.takeOver(seen.id(), seen.epoch(), seen.hb()));
    }

    private void awaitDone() {
        await().atMost(Duration.ofSeconds(60)).until(() -> ledger.batch(batch.id()).state() == BatchState.DONE);
    }
}
