package org.campaignrecovery.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.planning.PageState;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;

/** A run is completed once, and never with people missing. (The sweeps check at the same time, so the run is asked, not the check.) */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class RunCompletionQuarkusTest {
    private static final Instant FIRST = Instant.parse("2026-11-23T10:00:01Z");
    private static final Instant LAST = Instant.parse("2026-11-23T10:00:05Z");

    @Inject
    Ledger ledger;
    @Inject
    RunCompletion completion;

    private RunDocument run;

    @BeforeEach
    void aRunWithAClosedBatch() {
        ledger.awaitOpen();
        run = TestRuns.planning(Channel.EMAIL);
        run.state = RunState.SENDING;
        run.placed = false;
        ledger.insert(run);
        BatchDocument batch = ledger.batch(run, 0, Channel.EMAIL, 2);
        ledger.set(batch.members(), DeliveryState.SENT, "a:1", 1);
        ledger.set(BatchDocument.COLLECTION, batch.id(), "state", BatchState.DONE.wire());
        ledger.set(BatchDocument.COLLECTION, batch.id(), "counts", Counts.of(DeliveryState.SENT, 2).toWire());
        ledger.set(BatchDocument.COLLECTION, batch.id(), "firstSentAt", FIRST);
        ledger.set(BatchDocument.COLLECTION, batch.id(), "lastSentAt", LAST);
    }

    @Test
    void notWhileAnOperatorsOrderIsBeingPlaced() {
        end(1);
        Ledger.await(completion.check(run.id));
        assertThat(state()).isEqualTo(RunState.SENDING);
    }

    @Test
    void notBeforeTheEndPage() {
        place();
        Ledger.await(completion.check(run.id));
        assertThat(state()).isEqualTo(RunState.SENDING);
    }

    @Test
    void notBeforeAllBatchesThatTheEndPageCounts() {
        end(2);
        place();
        Ledger.await(completion.check(run.id));
        assertThat(state()).isEqualTo(RunState.SENDING);
    }

    @Test
    void notWithMoreBatchesThanTheEndPageCounts() {
        end(0);
        place();
        Ledger.await(completion.check(run.id));
        assertThat(state()).isEqualTo(RunState.SENDING);
    }

    @Test
    void notWhileABatchIsOpen() {
        BatchDocument open = ledger.batch(run, 1, Channel.EMAIL, 1);
        ledger.set(BatchDocument.COLLECTION, open.id(), "state", BatchState.LEASED.wire());
        end(2);
        place();
        Ledger.await(completion.check(run.id));
        assertThat(state()).isEqualTo(RunState.SENDING);
    }

    @Test
    void onceWithItsTotalsHoweverManyCheck() {
        end(1);
        place();
        List<Uni<Boolean>> checks = IntStream.range(0, 6).mapToObj(i -> completion.check(run.id)).toList();
        List<Boolean> completed = Ledger.await(Uni.join().all(checks).andFailFast());
        assertThat(completed.stream().filter(won -> won).count()).isLessThanOrEqualTo(1);
        RunDocument done = ledger.run(run.id);
        assertThat(done.state).isEqualTo(RunState.COMPLETED);
        assertThat(done.totals.get("email")).containsEntry("sent", 2L);
        assertThat(done.rev).as("changed once").isEqualTo(1);
        assertThat(done.firstSentAt).isEqualTo(FIRST);
        assertThat(done.lastSentAt).isEqualTo(LAST);
        await().until(() -> ledger.campaign(run.campaignId).status == CampaignStatus.COMPLETED);
        assertThat(ledger.campaign(run.campaignId).performance)
                .isEqualTo(new CampaignDocument.Performance(1, 2, 2, 0, 0, FIRST, LAST));
    }

    /** Evidence that comes after the end: the sweep counts the batch again, and the run, and the campaign. */
    @Test
    void lateEvidenceChangesTheCampaignsPerformanceToo() {
        end(1);
        place();
        await().until(() -> {
            Ledger.await(completion.check(run.id));
            return ledger.campaign(run.campaignId).status == CampaignStatus.COMPLETED;
        });
        BatchDocument batch = ledger.batch(run.id + ":0:email");
        ledger.set(batch.members(), DeliveryState.FAILED, "a:1", 1);
        Instant later = Instant.parse("2026-11-23T10:09:00Z");
        ledger.set(batch.members().subList(0, 1), DeliveryState.SENT, "a:1", 1);
        ledger.set(DeliveryDocument.COLLECTION, batch.members().get(0), "at", later);
        ledger.set(BatchDocument.COLLECTION, batch.id(), "dirty", 1L);
        await().until(() -> ledger.campaign(run.campaignId).performance,
                performance -> performance.equals(new CampaignDocument.Performance(1, 2, 1, 1, 0, FIRST, later)));
        assertThat(ledger.run(run.id).lastSentAt).isEqualTo(later);
    }

    private void place() {
        ledger.set(RunDocument.COLLECTION, run.id, "placed", true);
    }

    private void end(long batches) {
        PageDocument end = new PageDocument(run.id + ":1", run.id, 1, PageState.END, null, null, null, List.of(), Map.of(), batches, null);
        Ledger.await(ledger.of(PageDocument.COLLECTION, PageDocument.class).insertOne(end));
    }

    private RunState state() {
        return ledger.run(run.id).state;
    }
}
