package org.campaignrecovery.model.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.campaignrecovery.model.delivery.DeliveryState.CANCELLED;
import static org.campaignrecovery.model.delivery.DeliveryState.FAILED;
import static org.campaignrecovery.model.delivery.DeliveryState.IN_DOUBT;
import static org.campaignrecovery.model.delivery.DeliveryState.PENDING;
import static org.campaignrecovery.model.delivery.DeliveryState.RETRY_WAIT;
import static org.campaignrecovery.model.delivery.DeliveryState.SENDING;
import static org.campaignrecovery.model.delivery.DeliveryState.SENT;
import static org.campaignrecovery.model.delivery.DeliveryState.SUPPRESSED;
import static org.campaignrecovery.model.delivery.TestDeliveries.BATCH;
import static org.campaignrecovery.model.delivery.TestDeliveries.pending;
import static org.campaignrecovery.model.delivery.TestDeliveries.state;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.model.delivery.CloseDecision.ReleaseBurnt;
import org.campaignrecovery.model.delivery.DeliveryRules.Released;
import org.campaignrecovery.model.delivery.Outcome.Accepted;
import org.campaignrecovery.model.delivery.Outcome.Ambiguous;
import org.campaignrecovery.model.delivery.Outcome.Refused;
import org.campaignrecovery.model.delivery.Outcome.RefusedForNow;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.guard.InMemoryGuards;
import org.junit.jupiter.api.Test;

/** The schedules that the ledger's protocol answers, played by hand: A is the old owner (epoch 1), B took over (epoch 2). */
class DeliveryRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final ClaimToken A = new ClaimToken("a", 1);
    private static final ClaimToken B = new ClaimToken("b", 1);
    private static final List<String> GROUP = List.of("d1", "d2");

    private final Map<String, Object> d1 = pending("d1");
    private final Map<String, Object> d2 = pending("d2");

    @Test
    void aClaimTakesWhatIsPendingUnderItsFence() {
        d2.put("state", "sent");
        assertThat(apply(claim(1, A))).isEqualTo(1);
        assertThat(d1).containsEntry("state", "sending").containsEntry("claim", "a:1").containsEntry("attempt", 1L).containsEntry("at",
                NOW);
        assertThat(d2).doesNotContainKey("claim");
    }

    @Test
    void twoClaimantsOfOneEpochDoNotBothWin() {
        assertThat(apply(claim(1, A))).isEqualTo(2);
        assertThat(apply(claim(1, B))).isZero();
    }

    @Test
    void stampingBeforeSweepingMakesTheOldOwnersClaimFail() {
        apply(stamp(2));
        assertThat(apply(claim(1, A))).as("A wakes between B's stamp and sweep").isZero();
        assertThat(apply(sweep(2))).isZero();
        assertThat(apply(claim(1, A))).as("or after it").isZero();
        assertThat(apply(claim(2, B))).isEqualTo(2);
    }

    @Test
    void whatTheOldOwnerHadClaimedIsInDoubt() {
        apply(claim(1, A));
        apply(stamp(2));
        assertThat(apply(sweep(2))).isEqualTo(2);
        assertThat(states()).containsExactly(IN_DOUBT, IN_DOUBT);
        assertThat(apply(DeliveryRules.release(GROUP, A, Released.PENDING_AGAIN, NOW))).as("it is nobody's to send again").isZero();
        assertThat(apply(claim(2, B))).isZero();
    }

    @Test
    void aTakeoverThatDiedHalfwayIsRepeatedByTheNext() {
        apply(claim(1, A));
        apply(stamp(2));
        assertThat(apply(stamp(3))).isEqualTo(2);
        assertThat(apply(sweep(2))).as("B wakes: its sweep finds nothing of its own").isZero();
        assertThat(apply(sweep(3))).isEqualTo(2);
    }

    @Test
    void aBurntClaimThatLandsLateIsReleased() {
        GuardedUpdate burnt = claim(1, A);
        assertThat(apply(DeliveryRules.release(GROUP, A, Released.PENDING_AGAIN, NOW))).as("the first release finds nothing").isZero();
        apply(burnt);
        assertThat(states()).containsExactly(SENDING, SENDING);
        var decision = CloseDecision.of(members(), "a", token -> false, OnDoubt.HOLD);
        assertThat(decision).isEqualTo(new ReleaseBurnt(Map.of(A, GROUP)));
        ((ReleaseBurnt) decision).idsByToken()
                .forEach((token, ids) -> apply(DeliveryRules.release(ids, token, Released.PENDING_AGAIN, NOW)));
        assertThat(states()).containsExactly(PENDING, PENDING);
        assertThat(d1).as("a try that never was does not count").containsEntry("attempt", 0L);
    }

    @Test
    void aBurntClaimCannotLandOnceTheBatchHasANewOwner() {
        apply(stamp(2));
        assertThat(apply(claim(1, A))).isZero();
    }

    @Test
    void whatIsNotHandedOverSaysWhereItWentAndWhy() {
        apply(claim(1, A));
        apply(DeliveryRules.release(List.of("d1"), A, Released.suppressed("on the list"), NOW));
        apply(DeliveryRules.release(List.of("d2"), A, Released.cancelled("cancelled"), NOW));
        assertThat(states()).containsExactly(SUPPRESSED, CANCELLED);
        assertThat(d1).containsEntry("reason", "on the list");
    }

    @Test
    void anOutcomeIsRecordedForTheAttemptThatItsTokenNames() {
        apply(claim(1, A));
        assertThat(apply(DeliveryRules.record(GROUP, B, new Accepted("p"), NOW))).isZero();
        assertThat(apply(DeliveryRules.record(GROUP, A, new Accepted("p"), NOW))).isEqualTo(2);
        assertThat(d1).containsEntry("state", "sent").containsEntry("providerId", "p");
        assertThat(apply(DeliveryRules.record(GROUP, A, new Ambiguous("again"), NOW))).as("once").isZero();
    }

    @Test
    void lateAcceptanceWinsOverDoubt() {
        deposeAWhileItSends();
        assertThat(apply(late(new Accepted("p")))).isEqualTo(1);
        assertThat(d1).containsEntry("state", "sent").containsEntry("providerId", "p").doesNotContainKey("reason");
    }

    @Test
    void lateAcceptanceWinsOverEverythingThatStillWaits() {
        for (DeliveryState waiting : List.of(PENDING, RETRY_WAIT, CANCELLED)) {
            d1.putAll(Map.of("state", waiting.wire(), "claim", A.toString()));
            assertThat(apply(late(new Accepted("p")))).isEqualTo(1);
            assertThat(state(d1)).isEqualTo(SENT);
        }
    }

    @Test
    void aLateRetryableRefusalFailsInsteadOfWaiting() {
        deposeAWhileItSends();
        assertThat(apply(late(new RefusedForNow("busy", NOW.plusSeconds(60))))).isEqualTo(1);
        assertThat(d1).containsEntry("state", "failed").containsEntry("reason", "busy").doesNotContainKey("notBefore");
    }

    @Test
    void aLateRefusalFailsAndALateDoubtChangesNothing() {
        deposeAWhileItSends();
        assertThat(apply(late(new Ambiguous("no answer")))).isZero();
        assertThat(apply(late(new Refused("unknown user")))).isEqualTo(1);
        assertThat(state(d1)).isEqualTo(FAILED);
    }

    @Test
    void aLateOutcomeOfAnEarlierAttemptChangesNothing() {
        deposeAWhileItSends();
        apply(DeliveryRules.reopen(BATCH, GROUP, List.of(IN_DOUBT), 3, NOW));
        apply(claim(3, B));
        assertThat(apply(late(new Accepted("p")))).as("B's attempt is the latest").isZero();
        assertThat(state(d1)).isEqualTo(SENDING);
    }

    @Test
    void aWaitingMemberIsOfferedAgainWhenItsTimeHasCome() {
        apply(claim(1, A));
        apply(DeliveryRules.record(GROUP, A, new RefusedForNow("busy", NOW.plusSeconds(60)), NOW));
        assertThat(apply(DeliveryRules.reoffer(BATCH, GROUP, 1, NOW.plusSeconds(59)))).isZero();
        assertThat(apply(DeliveryRules.reoffer(BATCH, GROUP, 2, NOW.plusSeconds(60)))).as("only under its fence").isZero();
        assertThat(apply(DeliveryRules.reoffer(BATCH, GROUP, 1, NOW.plusSeconds(60)))).isEqualTo(2);
        assertThat(d1).containsEntry("state", "pending").doesNotContainKey("notBefore").containsEntry("attempt", 1L);
    }

    @Test
    void aMemberThatCannotBeSentLeavesUnderTheLease() {
        assertThat(apply(DeliveryRules.discard(BATCH, GROUP, 2, Released.failed("no subject"), NOW))).isZero();
        assertThat(apply(DeliveryRules.discard(BATCH, GROUP, 1, Released.failed("no subject"), NOW))).isEqualTo(2);
        assertThat(states()).containsExactly(FAILED, FAILED);
    }

    @Test
    void aMemberThatWaitsIsCancelledWithItsCampaign() {
        apply(claim(1, A));
        apply(DeliveryRules.record(GROUP, A, new RefusedForNow("busy", NOW.plusSeconds(60)), NOW));
        assertThat(apply(DeliveryRules.cancel(BATCH, GROUP, 2, "cancelled", NOW))).isZero();
        assertThat(apply(DeliveryRules.cancel(BATCH, GROUP, 1, "cancelled", NOW))).isEqualTo(2);
        assertThat(d1).containsEntry("state", "cancelled").containsEntry("reason", "cancelled").doesNotContainKey("notBefore");
    }

    @Test
    void anOrderTakesUpClosedMembersUnderTheNewFence() {
        d1.putAll(Map.of("state", "failed", "attempt", 5L, "reason", "busy"));
        assertThat(apply(DeliveryRules.reopen(BATCH, GROUP, List.of(FAILED), 2, NOW))).isEqualTo(1);
        assertThat(d1).containsEntry("state", "pending").containsEntry("fence", 2L).containsEntry("attempt", 0L)
                .doesNotContainKey("reason");
        assertThat(state(d2)).isEqualTo(PENDING);
        assertThat(d2).containsEntry("fence", 1L);
    }

    /** Without the fence A would strand the member: pending under a fence that nobody can claim, in a batch that B has closed. */
    @Test
    void anOwnerThatWakesDoesNotExecuteItsOrderAgain() {
        d1.put("state", "failed");
        GuardedUpdate ordered = DeliveryRules.reopen(BATCH, GROUP, List.of(FAILED), 2, NOW);
        apply(DeliveryRules.reopen(BATCH, GROUP, List.of(FAILED), 3, NOW));
        apply(claim(3, B));
        apply(DeliveryRules.record(GROUP, B, new Refused("unknown user"), NOW));
        assertThat(apply(ordered)).as("A, of epoch 2, wakes").isZero();
        assertThat(apply(DeliveryRules.reopen(BATCH, GROUP, List.of(FAILED), 3, NOW))).as("B repeats it after a lost answer").isZero();
        assertThat(state(d1)).isEqualTo(FAILED);
    }

    /** A, of epoch 2, was deposed with the order in hand and wakes while B, of epoch 3, prepares: nothing may be pending under A's fence. */
    @Test
    void anOwnerThatWakesDuringItsReliefStrandsNothing() {
        for (int steps = 0; steps <= 2; steps++) {
            d1.putAll(Map.of("state", "failed", "fence", 1L));
            List<GuardedUpdate> relief = List.of(DeliveryRules.forestall(BATCH, GROUP, List.of(FAILED), 3), stamp(3));
            relief.subList(0, steps).forEach(this::apply);
            apply(DeliveryRules.reopen(BATCH, GROUP, List.of(FAILED), 2, NOW));
            relief.subList(steps, 2).forEach(this::apply);
            apply(DeliveryRules.reopen(BATCH, GROUP, List.of(FAILED), 3, NOW));
            assertThat(d1).as("A wakes after %d steps", steps).containsEntry("state", "pending").containsEntry("fence", 3L);
        }
    }

    @Test
    void onlyWhatIsSentAgainOutOfDoubtIsMarked() {
        d1.put("state", "failed");
        d2.put("state", "in_doubt");
        apply(DeliveryRules.reopen(BATCH, GROUP, List.of(FAILED), 2, NOW));
        assertThat(d1).doesNotContainKey("resent");
        apply(DeliveryRules.reopen(BATCH, GROUP, List.of(IN_DOUBT), 2, NOW));
        assertThat(d2).containsEntry("state", "pending").containsEntry("resent", true).containsEntry("fence", 2L);
    }

    /** They may have been wrong: without the mark the second copy would be one that nobody can explain. */
    @Test
    void whatFailedByAnOperatorsWordIsMarkedWhenItIsTriedAgain() {
        deposeAWhileItSends();
        apply(DeliveryRules.resolve("d1", "a:1", FAILED, "the customer says so", NOW));
        apply(DeliveryRules.recordLate("d2", A, new Refused("unknown user"), NOW));
        assertThat(apply(DeliveryRules.reopen(BATCH, GROUP, List.of(FAILED), 3, NOW))).as("only what was refused").isEqualTo(1);
        assertThat(apply(DeliveryRules.reopenSaidFailed(BATCH, GROUP, 3, NOW))).isEqualTo(1);
        assertThat(d1).containsEntry("state", "pending").containsEntry("resent", true).containsEntry("fence", 3L)
                .containsEntry("attempt", 0L).doesNotContainKeys("reason", "saidFailed");
        assertThat(d2).containsEntry("state", "pending").doesNotContainKey("resent");
        assertThat(apply(DeliveryRules.reopenSaidFailed(BATCH, GROUP, 3, NOW))).as("once").isZero();
    }

    @Test
    void anOwnerThatWakesDoesNotTryAgainWhatFailedByAnOperatorsWord() {
        d1.putAll(Map.of("state", "failed", "saidFailed", true, "fence", 3L));
        assertThat(apply(DeliveryRules.reopenSaidFailed(BATCH, GROUP, 3, NOW))).isZero();
        assertThat(apply(DeliveryRules.reopenSaidFailed(BATCH, GROUP, 4, NOW))).isEqualTo(1);
    }

    @Test
    void oneProcessAsksTheProviderAtATime() {
        deposeAWhileItSends();
        Instant until = NOW.plusSeconds(60);
        assertThat(apply(DeliveryRules.beginLookUp("d1", "a:1", null, until))).isEqualTo(1);
        assertThat(apply(DeliveryRules.beginLookUp("d1", "a:1", null, until))).as("another has begun").isZero();
        assertThat(apply(DeliveryRules.beginLookUp("d1", "a:1", until, NOW.plusSeconds(120)))).as("and died over it").isEqualTo(1);
        assertThat(apply(DeliveryRules.lookedUpInVain("d1", "a:1", until, 1, null))).as("the first wakes").isZero();
        assertThat(apply(DeliveryRules.lookedUpInVain("d1", "a:1", NOW.plusSeconds(120), 1, NOW.plusSeconds(300)))).isEqualTo(1);
        assertThat(d1).containsEntry("state", "in_doubt").containsEntry("lookUps", 1L).containsEntry("lookUpAt", NOW.plusSeconds(300));
        apply(DeliveryRules.reopen(BATCH, GROUP, List.of(IN_DOUBT), 3, NOW));
        assertThat(d1).as("the next attempt is another one to ask about").doesNotContainKeys("lookUps", "lookUpAt");
        assertThat(apply(DeliveryRules.beginLookUp("d1", "a:1", null, until))).as("it is not in doubt").isZero();
    }

    /** The ledger was restored from a backup of before the claim: there is no attempt that it could be confused with. */
    @Test
    void aProofOfAnAttemptThatTheLedgerHasLostCountsUntilThereIsAnother() {
        assertThat(apply(DeliveryRules.recordUnclaimed("d1", new Accepted("SM1"), NOW))).isEqualTo(1);
        assertThat(d1).containsEntry("state", "sent").containsEntry("providerId", "SM1");
        apply(claim(1, A));
        assertThat(apply(DeliveryRules.recordUnclaimed("d2", new Accepted("SM2"), NOW))).isZero();
        assertThat(apply(DeliveryRules.possiblyTwice("d2"))).isEqualTo(1);
        assertThat(apply(DeliveryRules.possiblyTwice("d2"))).as("once").isZero();
    }

    @Test
    void thePolicySendsAgainOnceAndMarksIt() {
        apply(claim(1, A));
        apply(DeliveryRules.record(GROUP, A, new Ambiguous("no answer"), NOW));
        assertThat(apply(DeliveryRules.resend(BATCH, List.of("d1"), 1, NOW))).isEqualTo(1);
        assertThat(d1).containsEntry("state", "pending").containsEntry("resent", true).containsEntry("attempt", 0L)
                .doesNotContainKey("reason");
        assertThat(state(d2)).isEqualTo(IN_DOUBT);
        apply(claim(1, B));
        apply(DeliveryRules.record(List.of("d1"), B, new Ambiguous("no answer"), NOW));
        assertThat(apply(DeliveryRules.resend(BATCH, List.of("d1"), 1, NOW))).as("never twice").isZero();
    }

    /** Without the adoption A would strand the member: pending under a fence that nobody can claim. */
    @Test
    void anOwnerThatWakesSendsNothingAgain() {
        apply(claim(1, A));
        apply(DeliveryRules.record(GROUP, A, new Ambiguous("no answer"), NOW));
        GuardedUpdate late = DeliveryRules.resend(BATCH, GROUP, 1, NOW);
        apply(stamp(2));
        apply(DeliveryRules.adoptDoubt(BATCH, GROUP, 2));
        assertThat(apply(late)).isZero();
        assertThat(apply(DeliveryRules.adoptDoubt(BATCH, GROUP, 1))).as("nor takes them back").isZero();
        assertThat(apply(DeliveryRules.resend(BATCH, GROUP, 2, NOW))).isEqualTo(2);
    }

    @Test
    void anOperatorsDecisionIsAboutTheAttemptThatWasSeen() {
        deposeAWhileItSends();
        assertThat(apply(DeliveryRules.resolve("d1", "b:1", SENT, "in the provider's log", NOW))).isZero();
        assertThat(apply(DeliveryRules.resolve("d1", "a:1", SENT, "in the provider's log", NOW))).isEqualTo(1);
        assertThat(d1).containsEntry("state", "sent").containsEntry("reason", "in the provider's log");
        assertThat(apply(DeliveryRules.resolve("d1", "a:1", FAILED, "changed my mind", NOW))).as("it is not in doubt any more").isZero();
        assertThatThrownBy(() -> DeliveryRules.resolve("d2", "a:1", PENDING, "", NOW)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whichever rules are applied in whichever order and by whomever, a delivery moves along the table and its fence only rises. */
    @Test
    void everyRuleMovesDeliveriesAlongTheTableOnly() {
        List<GuardedUpdate> rules = allRules();
        qt().withExamples(20_000).forAll(lists().of(integers().between(0, rules.size() - 1)).ofSizeBetween(1, 60)).check(schedule -> {
            Map<String, Object> delivery = pending("d1");
            for (int i : schedule) {
                Map<String, Object> before = new HashMap<>(delivery);
                InMemoryGuards.apply(delivery, rules.get(i));
                boolean legal = state(before) == state(delivery) || state(before).canBecome(state(delivery));
                if (!legal || (Long) delivery.get("fence") < (Long) before.get("fence") || (Long) delivery.get("attempt") < 0) {
                    return false;
                }
            }
            return true;
        });
    }

    private static List<GuardedUpdate> allRules() {
        List<GuardedUpdate> rules = new ArrayList<>();
        for (long epoch = 1; epoch <= 3; epoch++) {
            rules.addAll(List.of(stamp(epoch), sweep(epoch), DeliveryRules.reopen(BATCH, GROUP, List.of(FAILED, IN_DOUBT), epoch, NOW),
                    DeliveryRules.reoffer(BATCH, GROUP, epoch, NOW), claim(epoch, new ClaimToken("a", epoch)),
                    claim(epoch, new ClaimToken("b", epoch)), DeliveryRules.discard(BATCH, GROUP, epoch, Released.suppressed("s"), NOW),
                    DeliveryRules.discard(BATCH, GROUP, epoch, Released.cancelled("c"), NOW),
                    DeliveryRules.discard(BATCH, GROUP, epoch, Released.failed("f"), NOW)));
            rules.add(DeliveryRules.cancel(BATCH, GROUP, epoch, "c", NOW));
            rules.add(DeliveryRules.adoptDoubt(BATCH, GROUP, epoch));
            rules.add(DeliveryRules.forestall(BATCH, GROUP, List.of(FAILED, IN_DOUBT), epoch));
            rules.add(DeliveryRules.resend(BATCH, GROUP, epoch, NOW));
            rules.add(DeliveryRules.resolve("d1", "a:" + epoch, SENT, "seen", NOW));
            rules.add(DeliveryRules.resolve("d1", "b:" + epoch, FAILED, "not seen", NOW));
            for (ClaimToken token : List.of(new ClaimToken("a", epoch), new ClaimToken("b", epoch))) {
                rules.add(DeliveryRules.release(GROUP, token, Released.PENDING_AGAIN, NOW));
                rules.add(DeliveryRules.release(GROUP, token, Released.cancelled("c"), NOW));
                for (Outcome outcome : List.of(new Accepted("p"), new Accepted(null), new Refused("r"), new RefusedForNow("n", NOW),
                        new Ambiguous("?"))) {
                    rules.add(DeliveryRules.record(GROUP, token, outcome, NOW));
                    rules.add(DeliveryRules.recordLate("d1", token, outcome, NOW));
                }
            }
        }
        return rules;
    }

    private void deposeAWhileItSends() {
        apply(claim(1, A));
        apply(stamp(2));
        apply(sweep(2));
        assertThat(apply(DeliveryRules.record(GROUP, A, new Accepted("p"), NOW))).as("it does not wait for A any more").isZero();
    }

    private long apply(GuardedUpdate update) {
        return InMemoryGuards.apply(List.of(d1, d2), update);
    }

    private List<DeliveryState> states() {
        return List.of(state(d1), state(d2));
    }

    private List<Member> members() {
        return List.of(d1, d2).stream()
                .map(d -> new Member((String) d.get("_id"), state(d), ClaimToken.parse((String) d.get("claim")),
                        (Instant) d.get("notBefore"), d.containsKey("resent")))
                .toList();
    }

    private static GuardedUpdate claim(long epoch, ClaimToken token) {
        return DeliveryRules.claim(BATCH, GROUP, epoch, token, NOW);
    }

    private static GuardedUpdate stamp(long epoch) {
        return DeliveryRules.stamp(BATCH, GROUP, epoch);
    }

    private static GuardedUpdate sweep(long epoch) {
        return DeliveryRules.sweep(BATCH, GROUP, epoch, NOW);
    }

    private static GuardedUpdate late(Outcome outcome) {
        return DeliveryRules.recordLate("d1", A, outcome, NOW);
    }
}
