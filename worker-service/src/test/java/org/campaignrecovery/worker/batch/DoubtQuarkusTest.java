package org.campaignrecovery.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.inject.Inject;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.delivery.OnDoubt;
import org.campaignrecovery.model.planning.PageState;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.delivery.DeliveryRepository;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.campaignrecovery.worker.run.RunContents;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What is sent again out of doubt: by an operator's order, or because the campaign wants it. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class DoubtQuarkusTest {
    @Inject
    Ledger ledger;
    @Inject
    DeliveryRepository deliveries;
    @Inject
    Relief relief;
    @Inject
    BatchWork work;
    @Inject
    RunContents contents;

    @BeforeEach
    void open() {
        ledger.awaitOpen();
    }

    @Test
    void underHoldNothingIsSentAgain() {
        BatchDocument batch = doubtful(restingRun(OnDoubt.HOLD));
        work(batch, 2);
        assertThat(ledger.states(batch.members())).containsExactly(DeliveryState.IN_DOUBT, DeliveryState.IN_DOUBT, DeliveryState.SENT);
        assertThat(ledger.delivery(batch.members().get(0)).resent()).isNull();
        assertThat(ledger.batch(batch.id()).state()).isEqualTo(BatchState.DONE);
    }

    @Test
    void theCampaignsPolicySendsAgainOnceAndMarksIt() {
        BatchDocument batch = doubtful(restingRun(OnDoubt.RESEND));
        ledger.set("deliveries", batch.members().get(1), "resent", true);
        work(batch, 2);
        assertThat(ledger.states(batch.members())).as("sent again, held after its second doubt, sent").containsExactly(DeliveryState.SENT,
                DeliveryState.IN_DOUBT, DeliveryState.SENT);
        assertThat(ledger.delivery(batch.members().get(0)).resent()).isTrue();
        assertThat(ledger.delivery(batch.members().get(2)).resent()).as("only what was in doubt").isNull();
        assertThat(ledger.batch(batch.id()).state()).isEqualTo(BatchState.DONE);
    }

    /** What is left of a cancelled campaign is not sent, also not out of doubt. */
    @Test
    void thePolicySendsNothingOfACancelledCampaign() {
        RunDocument run = restingRun(OnDoubt.RESEND);
        BatchDocument batch = doubtful(run);
        ledger.set(CampaignDocument.COLLECTION, run.campaignId, "status", CampaignStatus.CANCELLED.wire());
        work(batch, 2);
        assertThat(ledger.states(batch.members())).containsExactly(DeliveryState.IN_DOUBT, DeliveryState.IN_DOUBT,
                DeliveryState.CANCELLED);
    }

    /** The lease dies after the members were moved and before the order was taken off: the next owner finds it, and moves nothing twice. */
    @Test
    void anOrderIsExecutedOnceAlsoWhenItsFirstLeaseDies() {
        RunDocument run = restingRun(OnDoubt.HOLD);
        BatchDocument batch = doubtful(run);
        BatchDocument.Order order = new BatchDocument.Order(1, List.of(DeliveryState.IN_DOUBT), batch.members().subList(0, 1));
        ledger.set(BatchDocument.COLLECTION, batch.id(), "order", order);
        leased(batch, 2);
        Ledger.await(deliveries.modified(DeliveryRules.reopen(batch.id(), order.deliveries(), order.from(), 2, Instant.now())));
        leased(batch, 3);
        Ledger.await(relief.relieve(TestHolds.of(ledger.batch(batch.id()), 3), Optional.empty()));
        assertThat(ledger.batch(batch.id()).order()).isNull();
        assertThat(ledger.delivery(batch.members().get(0)).fence()).isEqualTo(3);
        work(batch, 4);
        assertThat(ledger.states(batch.members())).containsExactly(DeliveryState.SENT, DeliveryState.IN_DOUBT, DeliveryState.SENT);
        assertThat(ledger.delivery(batch.members().get(0)).attempt()).as("sent once more").isEqualTo(1);
        assertThat(ledger.delivery(batch.members().get(0)).resent()).isTrue();
    }

    /** They may have been wrong, so that the second copy must be one that somebody can explain. */
    @Test
    void whatFailedByAnOperatorsWordIsMarkedWhenItIsTriedAgain() {
        BatchDocument batch = ledger.batch(restingRun(OnDoubt.HOLD), 0, Channel.EMAIL, 3);
        ledger.set(batch.members().subList(0, 1), DeliveryState.IN_DOUBT, "dead:1", 1);
        ledger.set(batch.members().subList(1, 3), DeliveryState.FAILED, "dead:1", 1);
        String said = batch.members().get(0);
        assertThat(Ledger.await(deliveries.won(DeliveryRules.resolve(said, "dead:1", DeliveryState.FAILED, "so they say", Instant.now()))))
                .isTrue();
        ledger.set(BatchDocument.COLLECTION, batch.id(), "order",
                new BatchDocument.Order(1, List.of(DeliveryState.FAILED), batch.members().subList(0, 2)));
        work(batch, 2);
        assertThat(ledger.states(batch.members())).containsExactly(DeliveryState.SENT, DeliveryState.SENT, DeliveryState.FAILED);
        assertThat(ledger.delivery(said).resent()).isTrue();
        assertThat(ledger.delivery(batch.members().get(1)).resent()).as("it was refused").isNull();
    }

    /** The way of an operator's order through the workers: the campaign has moved on long ago, its results follow. */
    @Test
    void anOrderOfACompletedRunIsCarriedOutAndCountedThoughItsCampaignHasMovedOn() {
        RunDocument run = TestRuns.planning(Channel.EMAIL);
        run.state = RunState.SENDING;
        run.round = 1;
        run.placed = false;
        run.totals = Map.of("email", Counts.of(DeliveryState.FAILED, 2).plus(DeliveryState.SENT, 1).toWire());
        ledger.insert(run);
        ledger.set(CampaignDocument.COLLECTION, run.campaignId, "status", CampaignStatus.COMPLETED.wire());
        ledger.set(CampaignDocument.COLLECTION, run.campaignId, "performance", new CampaignDocument.Performance(1, 3, 1, 2, 0, null, null));
        BatchDocument batch = ledger.batch(run, 0, Channel.EMAIL, 3);
        ledger.set(batch.members(), DeliveryState.FAILED, "a:1", 1);
        ledger.set(batch.members().subList(2, 3), DeliveryState.SENT, "a:1", 1);
        ledger.set(BatchDocument.COLLECTION, batch.id(), "epoch", 1L);
        ledger.set(BatchDocument.COLLECTION, batch.id(), "round", 1);
        ledger.set(BatchDocument.COLLECTION, batch.id(), "order", new BatchDocument.Order(1, List.of(DeliveryState.FAILED), null));
        PageDocument end = new PageDocument(run.id + ":1", run.id, 1, PageState.END, null, null, null, List.of(), Map.of(), 1L, null);
        Ledger.await(ledger.of(PageDocument.COLLECTION, PageDocument.class).insertOne(end));

        await().atMost(Duration.ofSeconds(20)).until(() -> ledger.batch(batch.id()).state() == BatchState.DONE);
        assertThat(ledger.states(batch.members())).containsOnly(DeliveryState.SENT);
        assertThat(ledger.run(run.id).state).as("not before the order is placed").isEqualTo(RunState.SENDING);
        ledger.set(RunDocument.COLLECTION, run.id, "placed", true);
        await().atMost(Duration.ofSeconds(20)).until(() -> ledger.run(run.id).state == RunState.COMPLETED);
        assertThat(ledger.run(run.id).totals.get("email")).containsEntry("sent", 3L).containsEntry("failed", 0L);
        CampaignDocument campaign = ledger.campaign(run.campaignId);
        assertThat(campaign.status).isEqualTo(CampaignStatus.COMPLETED);
        assertThat(campaign.performance.sent()).isEqualTo(3);
        assertThat(campaign.performance.failed()).isZero();
    }

    /** It counts as ended, so that no sweep takes its batch. */
    private RunDocument restingRun(OnDoubt policy) {
        RunDocument run = TestRuns.planning(Channel.EMAIL);
        RunDocument.Frozen old = run.frozen;
        run.frozen = new RunDocument.Frozen(old.channels(), old.email(), old.sms(), old.audience(),
                new CampaignDocument.Settings(policy, null, "PT6H", null), null, old.timeZone(), old.defaultRegion(),
                old.normaliserVersion());
        run.state = RunState.COMPLETED;
        return ledger.insert(run);
    }

    /** Two in doubt under a dead owner's claim, and one that is still to be sent. */
    private BatchDocument doubtful(RunDocument run) {
        BatchDocument batch = ledger.batch(run, 0, Channel.EMAIL, 3);
        ledger.set(batch.members().subList(0, 2), DeliveryState.IN_DOUBT, "dead:1", 1);
        return batch;
    }

    private void leased(BatchDocument batch, long epoch) {
        ledger.set(BatchDocument.COLLECTION, batch.id(), "state", BatchState.LEASED.wire());
        ledger.set(BatchDocument.COLLECTION, batch.id(), "epoch", epoch);
    }

    private void work(BatchDocument batch, long epoch) {
        leased(batch, epoch);
        RunContent content = Ledger.await(contents.of(batch.run()));
        Ledger.await(work.work(TestHolds.of(ledger.batch(batch.id()), epoch), content));
    }
}
