package org.campaignrecovery.worker.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.bson.Document;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.run.RunEventDocument;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.ClaimToken;
import org.campaignrecovery.model.delivery.Control;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.run.RunEventKind;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.batch.BatchHold;
import org.campaignrecovery.worker.batch.TestHolds;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.campaignrecovery.worker.rate.Rates;
import org.campaignrecovery.worker.run.RunContents;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.sending.Circuits;
import org.campaignrecovery.worker.sending.Senders;
import org.campaignrecovery.worker.sending.SendingConfig;
import org.campaignrecovery.worker.trace.GroupTraces;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;

/** R1 to R3 against a ledger. The run counts as ended, so that no sweep takes its batch. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class DeliveriesQuarkusTest {
    private static final ClaimToken TOKEN = new ClaimToken("worker", 1);
    private static final Outcome ACCEPTED = new Outcome.Accepted("SM1");
    private static final Outcome LATER = new Outcome.RefusedForNow("greylisted", Instant.parse("2030-01-01T00:00:00Z"),
            Instant.parse("2029-12-31T00:00:00Z"));

    @Inject
    Ledger ledger;
    @Inject
    DeliveryRepository deliveries;
    @Inject
    Recorder recorder;
    @Inject
    GroupWork groups;
    @Inject
    RunContents contents;
    @Inject
    ControlReader control;
    @Inject
    SuppressionRepository suppressions;
    @Inject
    Preparation preparation;
    @Inject
    ClaimTokens tokens;
    @Inject
    LastGates gates;
    @Inject
    Senders senders;
    @Inject
    Rates rates;
    @Inject
    Circuits circuits;
    @Inject
    LastCall lastCall;
    @Inject
    DeliveryMeters meters;
    @Inject
    GroupTraces traces;
    @Inject
    MeterRegistry metrics;
    @Inject
    LedgerClock clock;
    @Inject
    SendingConfig config;

    private RunDocument run;
    private BatchDocument batch;
    private BatchHold hold;

    @BeforeEach
    void aLeasedBatchOfThree() {
        ledger.awaitOpen();
        run = TestRuns.planning(Channel.EMAIL);
        run.state = RunState.COMPLETED;
        ledger.insert(run);
        batch = ledger.batch(run, 0, Channel.EMAIL, 3);
        ledger.set(BatchDocument.COLLECTION, batch.id(), "state", BatchState.LEASED.wire());
        hold = TestHolds.of(batch, 1);
    }

    @Test
    void aGroupIsClaimedOnce() {
        assertThat(claim(TOKEN, 1)).isEqualTo(3);
        assertThat(claim(new ClaimToken("other", 1), 1)).isZero();
        assertThat(Ledger.await(deliveries.claimedUnder(batch.members(), TOKEN.toString()))).hasSize(3);
        assertThat(ledger.delivery(batch.members().get(0)).attempt()).isEqualTo(1);
    }

    @Test
    void aClaimUnderAnOldOrAFutureFenceWinsNothing() {
        assertThat(claim(TOKEN, 0)).isZero();
        assertThat(claim(TOKEN, 2)).isZero();
    }

    @Test
    void aClaimOfAnotherBatchsMembersWinsNothing() {
        assertThat(Ledger.await(deliveries.claim(DeliveryRules.claim("another", batch.members(), 1, TOKEN, Instant.now())))).isZero();
    }

    @Test
    void insertingTellsWhoseTheDeliveriesAreThatWereThere() {
        DeliveryDocument known = ledger.delivery(batch.members().get(0));
        DeliveryDocument fresh = DeliveryDocument.pending(run.id + "-fresh", run.id, "mine", Channel.EMAIL, "new@x.org", "1", Map.of(),
                Instant.now());
        DeliveryDocument again = DeliveryDocument.pending(known.id(), run.id, "mine", Channel.EMAIL, known.address(), "2", Map.of(),
                Instant.now());
        assertThat(Ledger.await(deliveries.insertMissing(List.of(again, fresh)))).isEqualTo(Map.of(known.id(), batch.id()));
        assertThat(Ledger.await(deliveries.insertMissing(List.of(again, fresh))))
                .isEqualTo(Map.of(known.id(), batch.id(), fresh.id(), "mine"));
        assertThat(ledger.delivery(known.id())).isEqualTo(known);
    }

    @Test
    void recordsOneOutcomeOfAll() {
        claim(TOKEN, 1);
        record(ACCEPTED, ACCEPTED, ACCEPTED);
        assertThat(states()).containsOnly(DeliveryState.SENT);
        assertThat(ledger.delivery(batch.members().get(2)).providerId()).isEqualTo("SM1");
    }

    @Test
    void recordsDifferentOutcomesAndReleasesWhatWasNotHandedOver() {
        claim(TOKEN, 1);
        record(ACCEPTED, LATER, null);
        assertThat(states()).containsExactly(DeliveryState.SENT, DeliveryState.RETRY_WAIT, DeliveryState.PENDING);
        assertThat(ledger.delivery(batch.members().get(2)).attempt()).as("the try does not count").isZero();
        assertThat(ledger.delivery(batch.members().get(1)).notBefore()).isEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(ledger.delivery(batch.members().get(1)).firstAttemptAt()).isEqualTo(Instant.parse("2029-12-31T00:00:00Z"));
    }

    @Test
    void aWriteThatIsRepeatedAfterALostAnswerChangesNothing() {
        claim(TOKEN, 1);
        record(ACCEPTED, LATER, new Outcome.Ambiguous("no answer"));
        List<DeliveryDocument> before = batch.members().stream().map(ledger::delivery).toList();
        record(ACCEPTED, LATER, new Outcome.Ambiguous("no answer"));
        assertThat(batch.members().stream().map(ledger::delivery).toList()).isEqualTo(before);
        assertThat(ledger.batch(batch.id()).dirty()).isZero();
        assertThat(batch.members()).allSatisfy(id -> assertThat(ledger.evidence(id)).isEmpty());
    }

    @Test
    void acceptanceThatComesAfterASweepWinsAndMakesTheBatchDirty() {
        swept();
        record(ACCEPTED, ACCEPTED, ACCEPTED);
        assertThat(states()).containsOnly(DeliveryState.SENT);
        assertThat(ledger.batch(batch.id()).dirty()).isPositive();
    }

    /** Never to wait again: its batch may be closed, and nobody would come back to it. */
    @Test
    void aRefusalForNowThatComesAfterASweepIsAFailure() {
        swept();
        record(LATER, LATER, LATER);
        assertThat(states()).containsOnly(DeliveryState.FAILED);
        assertThat(ledger.batch(batch.id()).dirty()).isPositive();
    }

    @Test
    void whatWasNeverHandedOverLeavesNoDoubtAfterASweep() {
        swept();
        record(null, null, null);
        assertThat(states()).containsOnly(DeliveryState.FAILED);
        assertThat(ledger.delivery(batch.members().get(0)).reason()).contains("never handed");
    }

    @Test
    void anAmbiguousEndAfterASweepChangesNothing() {
        swept();
        record(new Outcome.Ambiguous("a"), new Outcome.Ambiguous("a"), new Outcome.Ambiguous("a"));
        assertThat(states()).containsOnly(DeliveryState.IN_DOUBT);
        assertThat(ledger.batch(batch.id()).dirty()).isZero();
    }

    @Test
    void acceptanceWinsOverACancellation() {
        claim(TOKEN, 1);
        ledger.set(batch.members(), DeliveryState.CANCELLED, TOKEN.toString(), 1);
        record(ACCEPTED, ACCEPTED, ACCEPTED);
        assertThat(states()).containsOnly(DeliveryState.SENT);
    }

    @Test
    void anAttemptThatIsNoLongerTheLatestIsEvidenceAndChangesNothing() {
        ledger.set(batch.members(), DeliveryState.SENDING, "newer:1", 2);
        record(ACCEPTED, ACCEPTED, ACCEPTED);
        record(ACCEPTED, ACCEPTED, ACCEPTED);
        assertThat(states()).containsOnly(DeliveryState.SENDING);
        assertThat(batch.members()).allSatisfy(id -> {
            assertThat(ledger.evidence(id)).hasSize(1);
            assertThat(ledger.delivery(id).possiblyTwice()).isTrue();
        });
        assertThat(Ledger.await(ledger.of(RunEventDocument.COLLECTION, RunEventDocument.class)
                .find(new Document("run", run.id).append("kind", RunEventKind.POSSIBLY_TWICE.wire())).collect().asList())).hasSize(3);
    }

    @Test
    void aReleaseOfAClaimThatNeverLandedChangesNothing() {
        Ledger.await(recorder.release(hold, TOKEN, batch.members(), DeliveryRules.Released.PENDING_AGAIN));
        assertThat(states()).containsOnly(DeliveryState.PENDING);
        assertThat(ledger.delivery(batch.members().get(0)).attempt()).isZero();
    }

    @Test
    void aGroupIsSentAndRecorded() {
        double sent = outcomes("sent");
        List<Long> measured = measured();
        Ledger.await(groups.send(hold, content(), members()));
        assertThat(states()).containsOnly(DeliveryState.SENT);
        assertThat(groups.underWay(Channel.EMAIL)).isZero();
        assertThat(outcomes("sent")).as("counted").isEqualTo(sent + 3);
        assertThat(measured()).as("a claim, three sends, a record").containsExactly(measured.get(0) + 1, measured.get(1) + 3,
                measured.get(2) + 1);
    }

    private double outcomes(String outcome) {
        return metrics.get("campaign.deliveries").tags("channel", "email", "outcome", outcome).counter().count();
    }

    private List<Long> measured() {
        return Stream.of("claim", "send", "record")
                .map(step -> metrics.get("campaign." + step + ".duration").tag("channel", "email").timer().count()).toList();
    }

    /** Promises P2 and P3: the failure of another group, which cancels this one, leaves no message unrecorded and no permit held. */
    @Test
    void aGroupThatWasBegunIsRecordedAlsoWhenNobodyWaitsForIt() {
        RunContent content = content();
        for (int i = 0; i < 6; i++) {
            BatchDocument other = ledger.batch(run, i + 1, Channel.EMAIL, 2);
            List<DeliveryDocument> members = other.members().stream().map(ledger::delivery).toList();
            groups.send(TestHolds.of(other, 1), content, members).subscribe().with(sent -> assertThat(sent).isNull()).cancel();
            await().atMost(Duration.ofSeconds(10)).until(() -> Set.of(DeliveryState.SENT, DeliveryState.PENDING)
                    .containsAll(ledger.states(other.members())) && groups.underWay(Channel.EMAIL) == 0);
        }
    }

    @Test
    void aSuppressedAddressIsNotSentTo() {
        double suppressed = outcomes("suppressed");
        DeliveryDocument first = ledger.delivery(batch.members().get(0));
        Ledger.await(ledger.of("suppressions", Document.class).insertOne(new Document("_id", "email:" + first.address())));
        Ledger.await(groups.send(hold, content(), members()));
        assertThat(states()).containsExactly(DeliveryState.SUPPRESSED, DeliveryState.SENT, DeliveryState.SENT);
        assertThat(outcomes("suppressed")).as("counted").isEqualTo(suppressed + 1);
    }

    /** The schedule that forbids to prepare a group once and for all: it waits for its permit, however long, and somebody unsubscribes. */
    @Test
    void whoeverIsSuppressedWhileAPreparedGroupWaitsIsNotSentTo() {
        CompletableFuture<Void> opened = new CompletableFuture<>();
        DeliveryRepository slow = new DeliveryRepository() {
            @Override
            public Uni<Long> claim(GuardedUpdate claim) {
                return Uni.createFrom().completionStage(opened).chain(() -> deliveries.claim(claim));
            }
        };
        Set<String> asked = ConcurrentHashMap.newKeySet();
        SuppressionRepository asking = new SuppressionRepository() {
            @Override
            public Uni<Set<String>> among(Channel channel, Collection<String> addresses) {
                return suppressions.among(channel, addresses).invoke(() -> asked.addAll(addresses));
            }
        };
        GroupWork work = new GroupWork(slow, new Preparation(deliveries, asking, senders, meters, clock), recorder, tokens, control, gates,
                rates, circuits, lastCall, meters, traces, clock, config);
        int permits = config.groups(Channel.EMAIL).groups();
        for (int n = 1; n <= permits; n++) {
            BatchDocument other = ledger.batch(run, n, Channel.EMAIL, 1);
            work.send(TestHolds.of(other, 1), content(), other.members().stream().map(ledger::delivery).toList())
                    .subscribeAsCompletionStage();
        }
        await().until(() -> work.underWay(Channel.EMAIL) == permits);
        DeliveryDocument first = ledger.delivery(batch.members().get(0));
        CompletableFuture<Void> last = work.send(hold, content(), members()).subscribeAsCompletionStage();
        await().until(() -> asked.contains(first.address()));
        Ledger.await(ledger.of("suppressions", Document.class).insertOne(new Document("_id", "email:" + first.address())));
        await().pollDelay(Duration.ofMillis(1_100)).until(() -> states().stream().allMatch(DeliveryState.PENDING::equals));
        opened.complete(null);
        last.join();
        assertThat(states()).containsExactly(DeliveryState.SUPPRESSED, DeliveryState.SENT, DeliveryState.SENT);
    }

    @Test
    void whatCannotBeRenderedFailsAlone() {
        ledger.set(DeliveryDocument.COLLECTION, batch.members().get(1), "data", Map.of("city", "London"));
        Ledger.await(groups.send(hold, content(), members()));
        assertThat(states().get(0)).isEqualTo(DeliveryState.SENT);
        assertThat(states().get(2)).isEqualTo(DeliveryState.SENT);
        assertThat(states().get(1)).isIn(DeliveryState.FAILED, DeliveryState.SENT);
    }

    /** An unknown claim is no claim: whether it has landed or not, nothing of it is handed over. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofAClaimWhoseAnswerIsLostNothingIsSent(boolean landed) {
        DeliveryRepository losing = new DeliveryRepository() {
            @Override
            public Uni<Long> claim(GuardedUpdate claim) {
                Uni<Long> carriedOut = landed ? deliveries.claim(claim) : Uni.createFrom().item(0L);
                return carriedOut.chain(() -> Uni.createFrom().failure(new IOException("the answer is lost")));
            }
        };
        GroupWork work = new GroupWork(losing, preparation, recorder, tokens, control, gates, rates, circuits, lastCall, meters, traces,
                clock, config);
        Ledger.await(work.send(hold, content(), members()));
        assertThat(states()).containsOnly(DeliveryState.PENDING);
        assertThat(work.underWay(Channel.EMAIL)).isZero();
        batch.members().forEach(id -> assertThat(ledger.delivery(id).attempt()).as("no try that counts").isZero());
    }

    @Test
    void aLostLeaseClaimsNothing() {
        ledger.set(batch.members(), DeliveryState.PENDING, null, 2);
        Ledger.await(groups.send(hold, content(), members()));
        assertThat(states()).containsOnly(DeliveryState.PENDING);
    }

    @Test
    void aPauseIsSeenWithinASecondAndHoldsBackWhatIsClaimed() {
        RunContent content = content();
        assertThat(Ledger.await(control.read(content)).control()).isEqualTo(Control.SENDING);
        ledger.set(CampaignDocument.COLLECTION, run.campaignId, "status", "paused");
        await().atMost(Duration.ofSeconds(2)).until(() -> Ledger.await(control.read(content)).control() == Control.PAUSED);
        assertThat(Ledger.await(control.read(content)).age()).isLessThan(Duration.ofSeconds(1));
        Ledger.await(groups.send(hold, content, members()));
        assertThat(states()).containsOnly(DeliveryState.PENDING);
        ledger.set(CampaignDocument.COLLECTION, run.campaignId, "status", "cancelled");
        await().atMost(Duration.ofSeconds(2)).until(() -> Ledger.await(control.read(content)).control() == Control.CANCELLED);
    }

    private long claim(ClaimToken token, long epoch) {
        return Ledger.await(deliveries.claim(DeliveryRules.claim(batch.id(), batch.members(), epoch, token, Instant.now())));
    }

    /** The lease was taken over between the hand-over and its outcome. */
    private void swept() {
        claim(TOKEN, 1);
        Ledger.await(deliveries.modified(DeliveryRules.stamp(batch.id(), batch.members(), 2)));
        Ledger.await(deliveries.modified(DeliveryRules.sweep(batch.id(), batch.members(), 2, Instant.now())));
    }

    private void record(Outcome first, Outcome second, Outcome third) {
        List<String> ids = batch.members();
        Ledger.await(
                recorder.record(hold, TOKEN, List.of(new GroupWork.Attempt(ids.get(0), first), new GroupWork.Attempt(ids.get(1), second),
                        new GroupWork.Attempt(ids.get(2), third)), DeliveryRules.Released.PENDING_AGAIN));
    }

    private List<DeliveryState> states() {
        return ledger.states(batch.members());
    }

    private List<DeliveryDocument> members() {
        return batch.members().stream().map(ledger::delivery).toList();
    }

    private RunContent content() {
        return Ledger.await(contents.of(run.id));
    }
}
