package org.campaignrecovery.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.run.RunEventDocument;
import org.campaignrecovery.ledger.startup.BootId;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.ClaimToken;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.delivery.OnDoubt;
import org.campaignrecovery.model.generation.Restoration;
import org.campaignrecovery.model.run.RunEventKind;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.delivery.ClaimTokens;
import org.campaignrecovery.worker.delivery.DeliveryRepository;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.campaignrecovery.worker.run.RunContents;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.mongodb.client.model.Filters;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;

/** What an owner does with a batch: relief, work, closing. The run counts as ended, so that no sweep takes its batch. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class LeasesQuarkusTest {
    @Inject
    Ledger ledger;
    @Inject
    DeliveryRepository deliveries;
    @Inject
    BatchRepository batches;
    @Inject
    Relief relief;
    @Inject
    Closing closing;
    @Inject
    BatchWork work;
    @Inject
    RunContents contents;
    @Inject
    ClaimTokens tokens;
    @Inject
    BootId boot;
    @Inject
    MeterRegistry metrics;

    private RunDocument run;
    private BatchDocument batch;

    @BeforeEach
    void aBatchOfThree() {
        ledger.awaitOpen();
        run = TestRuns.planning(Channel.EMAIL);
        run.state = RunState.COMPLETED;
        ledger.insert(run);
        batch = ledger.batch(run, 0, Channel.EMAIL, 3);
    }

    @Test
    void aTakenOverBatchRefusesTheClaimsOfItsOldOwner() {
        double inDoubt = inDoubt();
        leased(2);
        ledger.set(List.of(id(0)), DeliveryState.SENDING, "old:1", 1);
        Ledger.await(relief.relieve(hold(2), Optional.empty()));
        assertThat(ledger.states(batch.members())).containsExactly(DeliveryState.IN_DOUBT, DeliveryState.PENDING, DeliveryState.PENDING);
        assertThat(claim("old", 1)).as("the old owner wakes").isZero();
        assertThat(claim("new", 2)).isEqualTo(2);
        assertThat(inDoubt()).as("counted").isEqualTo(inDoubt + 1);
    }

    private double inDoubt() {
        return metrics.get("campaign.deliveries").tags("channel", "email", "outcome", "in_doubt").counter().count();
    }

    /** A planner that slept while the ledger was restored has planned since; whoever leases its batch claims nothing of it. */
    @Test
    void whatALostLedgerMayHaveSentIsDoubtedUnderTheFirstLeaseToo() {
        Optional<Restoration> lost = Optional.of(new Restoration(1_007, Instant.now()));
        leased(1);
        BatchHold first = hold(1);
        Ledger.await(relief.relieve(first, lost));
        assertThat(ledger.states(batch.members())).containsOnly(DeliveryState.IN_DOUBT);
        assertThat(first.counts().get(DeliveryState.IN_DOUBT)).isEqualTo(3);
        assertThat(claim("new", 1)).isZero();
        assertThat(ledger.batch(batch.id()).doubted()).isEqualTo(1_007);
    }

    /** What an operator has ordered after a restoration is worked on by every later lease, also after a retry. */
    @Test
    void whatWasOrderedAfterARestorationIsNotDoubtedAgain() {
        Optional<Restoration> lost = Optional.of(new Restoration(1_007, Instant.now()));
        leased(2);
        Ledger.await(relief.relieve(hold(2), lost));
        ledger.set(BatchDocument.COLLECTION, batch.id(), "order", new BatchDocument.Order(1, List.of(DeliveryState.IN_DOUBT), null));
        leased(3);
        Ledger.await(relief.relieve(hold(3), lost));
        assertThat(ledger.states(batch.members())).containsOnly(DeliveryState.PENDING);
        leased(4);
        Ledger.await(relief.relieve(hold(4), lost));
        assertThat(ledger.states(batch.members())).containsOnly(DeliveryState.PENDING);
    }

    @Test
    void aTakeoverIsNotedInTheRunsHistoryWithWhatItLeftInDoubt() {
        leased(1);
        BatchDocument ofADeadOwner = ledger.batch(batch.id());
        leased(2);
        ledger.set(List.of(id(0)), DeliveryState.SENDING, "old:1", 1);
        Ledger.await(relief.relieve(TestHolds.of(ofADeadOwner, 2), Optional.empty()));
        await().until(() -> events().size() == 1);
        Ledger.await(relief.relieve(TestHolds.of(ofADeadOwner, 2), Optional.empty()));
        assertThat(events().get(0)).extracting(RunEventDocument::id, RunEventDocument::kind, RunEventDocument::inDoubt)
                .containsExactly(batch.id() + ":2", RunEventKind.BATCH_TAKEN_OVER, 1L);
    }

    @Test
    void aBatchThatWaitedForARetryWasNotTakenOver() {
        ledger.set(BatchDocument.COLLECTION, batch.id(), "notBefore", Instant.now());
        BatchDocument waited = ledger.batch(batch.id());
        leased(2);
        Ledger.await(relief.relieve(TestHolds.of(waited, 2), Optional.empty()));
        BatchDocument freed = ledger.batch(run, 1, Channel.EMAIL, 1);
        Ledger.await(relief.relieve(TestHolds.of(freed, 2), Optional.empty()));
        await().until(() -> !events().isEmpty());
        assertThat(events()).extracting(RunEventDocument::batch).containsExactly(freed.id());
    }

    private List<RunEventDocument> events() {
        return Ledger.await(ledger.of(RunEventDocument.COLLECTION, RunEventDocument.class).find(Filters.eq("run", run.id)).collect()
                .asList());
    }

    /** Dying between the stamp and the sweep, the next lease repeats both. */
    @Test
    void aReliefThatStoppedAfterItsStampIsRepeatedByTheNextLease() {
        leased(3);
        ledger.set(List.of(id(0)), DeliveryState.SENDING, "old:1", 1);
        Ledger.await(deliveries.modified(DeliveryRules.stamp(batch.id(), batch.members(), 2)));
        assertThat(claim("old", 1)).isZero();
        Ledger.await(relief.relieve(hold(3), Optional.empty()));
        assertThat(ledger.states(batch.members())).containsExactly(DeliveryState.IN_DOUBT, DeliveryState.PENDING, DeliveryState.PENDING);
        assertThat(claim("middle", 2)).isZero();
        assertThat(claim("new", 3)).isEqualTo(2);
    }

    @Test
    void anOrderReopensItsMembersOnceAndIsTakenOff() {
        ledger.set(List.of(id(0)), DeliveryState.FAILED, "old:1", 1);
        ledger.set(List.of(id(1), id(2)), DeliveryState.SENT, "old:1", 1);
        ledger.set(BatchDocument.COLLECTION, batch.id(), "order", new BatchDocument.Order(1, List.of(DeliveryState.FAILED), null));
        leased(2);
        BatchHold hold = hold(2);
        Ledger.await(relief.relieve(hold, Optional.empty()));
        assertThat(hold.lost()).isFalse();
        assertThat(ledger.states(batch.members())).containsExactly(DeliveryState.PENDING, DeliveryState.SENT, DeliveryState.SENT);
        assertThat(ledger.batch(batch.id()).order()).isNull();
    }

    @Test
    void whatIsDueForARetryIsOfferedAgain() {
        ledger.set(batch.members(), DeliveryState.RETRY_WAIT, "old:1", 1);
        ledger.set(DeliveryDocument.COLLECTION, id(0), "notBefore", Instant.now().plusSeconds(600));
        ledger.set(DeliveryDocument.COLLECTION, id(1), "notBefore", Instant.now().minusSeconds(1));
        leased(2);
        Ledger.await(relief.relieve(hold(2), Optional.empty()));
        assertThat(ledger.states(batch.members())).containsExactly(DeliveryState.RETRY_WAIT, DeliveryState.PENDING, DeliveryState.PENDING);
    }

    @Test
    void closesWhenAllAreClosed() {
        leased(1);
        ledger.set(batch.members(), DeliveryState.SENT, "a:1", 1);
        ledger.set(List.of(id(0)), DeliveryState.IN_DOUBT, "a:1", 1);
        assertThat(close(1)).isFalse();
        BatchDocument closed = ledger.batch(batch.id());
        assertThat(closed.state()).isEqualTo(BatchState.DONE);
        assertThat(closed.vector().get(DeliveryState.SENT)).isEqualTo(2);
        assertThat(closed.vector().planned()).isEqualTo(3);
    }

    @Test
    void whoeverPutsABatchDownNotesItsFirstAndLastMessage() {
        Instant before = Instant.parse("2026-11-23T10:00:00Z");
        ledger.set(BatchDocument.COLLECTION, batch.id(), "firstSentAt", before);
        ledger.set(BatchDocument.COLLECTION, batch.id(), "lastSentAt", before);
        batch = ledger.batch(batch.id());
        leased(1);
        ledger.set(batch.members(), DeliveryState.SENT, "a:1", 1);
        ledger.set(List.of(id(2)), DeliveryState.FAILED, "a:1", 1);
        for (int i = 0; i < 3; i++) {
            ledger.set(DeliveryDocument.COLLECTION, id(i), "at", before.plusSeconds(10 + i));
        }
        close(1);
        BatchDocument closed = ledger.batch(batch.id());
        assertThat(closed.firstSentAt()).isEqualTo(before);
        assertThat(closed.lastSentAt()).as("of those that were sent").isEqualTo(before.plusSeconds(11));
    }

    @Test
    void givesTheBatchBackUntilTheEarliestRetry() {
        leased(1);
        Instant soon = Instant.now().plusSeconds(300).truncatedTo(ChronoUnit.MILLIS);
        ledger.set(batch.members(), DeliveryState.RETRY_WAIT, "a:1", 1);
        for (int i = 0; i < 3; i++) {
            ledger.set(DeliveryDocument.COLLECTION, id(i), "notBefore", soon.plusSeconds(i));
        }
        assertThat(close(1)).isFalse();
        assertThat(ledger.batch(batch.id()).state()).isEqualTo(BatchState.READY);
        assertThat(ledger.batch(batch.id()).notBefore()).isEqualTo(soon);
    }

    @Test
    void anOwnerWhoLostTheLeaseClosesNothing() {
        leased(2);
        ledger.set(batch.members(), DeliveryState.SENT, "a:1", 1);
        BatchHold old = hold(1);
        assertThat(Ledger.await(closing.close(old, content(), OnDoubt.HOLD))).isFalse();
        assertThat(old.lost()).isTrue();
        assertThat(ledger.batch(batch.id()).state()).isEqualTo(BatchState.LEASED);
    }

    @Test
    void aBurntClaimThatLandedLateIsReleased() {
        leased(1);
        ledger.set(List.of(id(0)), DeliveryState.SENDING, boot.value() + ":999999", 1);
        assertThat(close(1)).isTrue();
        assertThat(ledger.states(batch.members())).containsOnly(DeliveryState.PENDING);
    }

    @Test
    void aMessageOnItsWayIsWaitedFor() {
        leased(1);
        ClaimToken live = tokens.next();
        ledger.set(batch.members(), DeliveryState.SENDING, live.toString(), 1);
        assertThat(close(1)).isTrue();
        assertThat(ledger.states(batch.members())).containsOnly(DeliveryState.SENDING);
        tokens.settled(live);
    }

    @Test
    void aBurntClaimIsReleasedAndSentAfterAll() {
        leased(1);
        ledger.set(List.of(id(0)), DeliveryState.SENDING, boot.value() + ":999998", 1);
        Ledger.await(work.work(hold(1), content()));
        assertThat(ledger.states(batch.members())).containsOnly(DeliveryState.SENT);
        assertThat(ledger.batch(batch.id()).state()).isEqualTo(BatchState.DONE);
    }

    @Test
    void aTakenOverBatchIsSentButForWhatIsInDoubt() {
        leased(2);
        ledger.set(List.of(id(1)), DeliveryState.SENDING, "dead:1", 1);
        Ledger.await(work.work(hold(2), content()));
        assertThat(ledger.states(batch.members())).containsExactly(DeliveryState.SENT, DeliveryState.IN_DOUBT, DeliveryState.SENT);
        assertThat(ledger.batch(batch.id()).vector().get(DeliveryState.IN_DOUBT)).isEqualTo(1);
    }

    @Test
    void ofManyTakersOneWins() {
        List<Uni<Boolean>> takers = IntStream.range(0, 8)
                .mapToObj(i -> batches.won(BatchRules.take(batch.id(), BatchState.READY, 0, 0, "taker" + i, Instant.now()))).toList();
        assertThat(Ledger.await(Uni.join().all(takers).andFailFast())).containsOnlyOnce(true);
        assertThat(ledger.batch(batch.id()).epoch()).isEqualTo(1);
    }

    private void leased(long epoch) {
        ledger.set(BatchDocument.COLLECTION, batch.id(), "state", BatchState.LEASED.wire());
        ledger.set(BatchDocument.COLLECTION, batch.id(), "epoch", epoch);
    }

    /** As it was taken: what is in the ledger now, under this epoch. */
    private BatchHold hold(long epoch) {
        return TestHolds.of(ledger.batch(batch.id()), epoch);
    }

    private boolean close(long epoch) {
        return Ledger.await(closing.close(hold(epoch), content(), OnDoubt.HOLD));
    }

    private long claim(String owner, long epoch) {
        return Ledger.await(
                deliveries.claim(DeliveryRules.claim(batch.id(), batch.members(), epoch, new ClaimToken(owner, epoch), Instant.now())));
    }

    private RunContent content() {
        return Ledger.await(contents.of(run.id));
    }

    private String id(int n) {
        return batch.members().get(n);
    }
}
