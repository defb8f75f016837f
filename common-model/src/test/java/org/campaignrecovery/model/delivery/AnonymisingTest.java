package org.campaignrecovery.model.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.campaignrecovery.model.delivery.DeliveryState.CANCELLED;
import static org.campaignrecovery.model.delivery.DeliveryState.FAILED;
import static org.campaignrecovery.model.delivery.DeliveryState.IN_DOUBT;
import static org.campaignrecovery.model.delivery.DeliveryState.PENDING;
import static org.campaignrecovery.model.delivery.DeliveryState.SENDING;
import static org.campaignrecovery.model.delivery.DeliveryState.SENT;
import static org.campaignrecovery.model.delivery.TestDeliveries.BATCH;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.model.delivery.DeliveryRules.Released;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.guard.InMemoryGuards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an erasure, or the end of the time that runs are kept, does to deliveries, beside whoever works on them. */
class AnonymisingTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final ClaimToken TOKEN = ClaimToken.parse("w:7");
    private static final List<String> IDS = List.of("a", "b");

    private final Map<String, Object> erased = delivery("a");
    private final Map<String, Object> other = delivery("b");

    private static Map<String, Object> delivery(String id) {
        Map<String, Object> delivery = TestDeliveries.pending(id);
        delivery.putAll(Map.of("address", id + "@x.org", "customer", id, "data", Map.of("name", "Ada"), "reason", "550 <a@x.org> unknown"));
        return delivery;
    }

    @ParameterizedTest
    @EnumSource(names = {"SENT", "FAILED", "SUPPRESSED", "CANCELLED", "IN_DOUBT"})
    void whatIsClosedKeepsItsStateAndIdAndLosesWhomItWasFor(DeliveryState state) {
        erased.put("state", state.wire());
        assertThat(apply(DeliveryRules.anonymise(List.of("a"), NOW))).isOne();
        assertThat(erased).containsEntry("_id", "a").containsEntry("batch", BATCH).containsEntry("anonymised", NOW).doesNotContainKeys(
                "address", "customer", "data", "reason");
        assertThat(TestDeliveries.state(erased)).isEqualTo(state);
        assertThat(apply(DeliveryRules.anonymise(List.of("a"), NOW.plusSeconds(1)))).as("again").isZero();
    }

    /** An outcome waits for it, and so does its batch. */
    @Test
    void whatIsBeingSentIsLeft() {
        erased.put("state", SENDING.wire());
        assertThat(apply(DeliveryRules.anonymise(IDS, NOW))).isZero();
        assertThat(apply(DeliveryRules.cancelAnonymised(List.of("a"), "erased", NOW))).isZero();
        assertThat(erased).containsEntry("address", "a@x.org");
    }

    /** The owner has read both members and renders them; then one of them is erased. */
    @Test
    void whoHasReadItBeforeCannotClaimIt() {
        assertThat(apply(DeliveryRules.cancelAnonymised(List.of("a"), "erased", NOW))).isOne();
        assertThat(apply(DeliveryRules.claim(BATCH, IDS, 1, TOKEN, NOW))).isOne();
        assertThat(TestDeliveries.state(erased)).isEqualTo(CANCELLED);
        assertThat(erased).doesNotContainKeys("claim", "address", "customer", "data");
        assertThat(TestDeliveries.state(other)).isEqualTo(SENDING);
    }

    @Test
    void whoHasClaimedItBeforeSendsItAndWhoReleasesItLosesIt() {
        apply(DeliveryRules.claim(BATCH, IDS, 1, TOKEN, NOW));
        assertThat(apply(DeliveryRules.cancelAnonymised(List.of("a"), "erased", NOW))).isZero();
        apply(DeliveryRules.release(List.of("a"), TOKEN, Released.PENDING_AGAIN, NOW));
        assertThat(apply(DeliveryRules.cancelAnonymised(List.of("a"), "erased", NOW))).isOne();
        assertThat(apply(DeliveryRules.claim(BATCH, IDS, 1, ClaimToken.parse("w:8"), NOW))).isZero();
    }

    /** Whatever its batch goes through: there is no address that it could be sent to. */
    @ParameterizedTest
    @EnumSource(names = {"FAILED", "IN_DOUBT"})
    void noOrderAndNoLeaseOpensItAgain(DeliveryState state) {
        erased.put("state", state.wire());
        apply(DeliveryRules.anonymise(List.of("a"), NOW));
        List<DeliveryState> from = List.of(state);
        for (GuardedUpdate step : List.of(DeliveryRules.forestall(BATCH, IDS, from, 3), DeliveryRules.stamp(BATCH, IDS, 3),
                DeliveryRules.sweep(BATCH, IDS, 3, NOW), DeliveryRules.reopen(BATCH, IDS, from, 3, NOW),
                DeliveryRules.adoptDoubt(BATCH, IDS, 3), DeliveryRules.resend(BATCH, IDS, 3, NOW),
                DeliveryRules.reoffer(BATCH, IDS, 3, NOW),
                DeliveryRules.claim(BATCH, IDS, 3, TOKEN, NOW))) {
            apply(step);
            assertThat(TestDeliveries.state(erased)).isEqualTo(state);
        }
        assertThat(erased).doesNotContainKeys("resent", "address");
    }

    @Test
    void norDoesAnOrderAboutWhatSomebodySaidFailed() {
        erased.putAll(Map.of("state", FAILED.wire(), "saidFailed", true));
        apply(DeliveryRules.anonymise(List.of("a"), NOW));
        assertThat(apply(DeliveryRules.reopenSaidFailed(BATCH, IDS, 3, NOW))).isZero();
    }

    /** Of an attempt before, which nobody knew the outcome of: late but true. */
    @Test
    void aLateAcceptanceCountsAndBringsNothingBack() {
        erased.put("claim", TOKEN.toString());
        apply(DeliveryRules.cancelAnonymised(List.of("a"), "erased", NOW));
        assertThat(apply(DeliveryRules.recordLate("a", TOKEN, new Outcome.Accepted("m-1"), NOW))).isOne();
        assertThat(TestDeliveries.state(erased)).isEqualTo(SENT);
        assertThat(erased).doesNotContainKeys("address", "customer", "data").containsEntry("anonymised", NOW);
    }

    @Test
    void anOutcomeHasNoWordsForWhatIsAnonymised() {
        for (Outcome outcome : List.of(new Outcome.Refused("<a@x.org>"), new Outcome.RefusedForNow("<a@x.org>", NOW),
                new Outcome.Ambiguous("<a@x.org>"), new Outcome.Accepted("m-1"))) {
            assertThat(outcome.withoutWords().toString()).doesNotContain("x.org");
            assertThat(outcome.withoutWords().lateState()).isEqualTo(outcome.lateState());
        }
    }

    /** Of a run that failed months ago: its worker is dead, and nobody has taken its batch since. */
    @Test
    void whatADeadWorkerWasSendingIsDoubtfulAndAnonymised() {
        erased.putAll(Map.of("state", SENDING.wire(), "claimedAt", NOW.minusSeconds(7200)));
        other.putAll(Map.of("state", SENDING.wire(), "claimedAt", NOW.minusSeconds(60)));
        assertThat(apply(DeliveryRules.doubtAnonymised(IDS, NOW.minusSeconds(3600), NOW))).isOne();
        assertThat(TestDeliveries.state(erased)).isEqualTo(IN_DOUBT);
        assertThat(erased).doesNotContainKeys("address", "reason");
        assertThat(TestDeliveries.state(other)).isEqualTo(SENDING);
    }

    /** Under {@code onDoubt: resend} too a batch with such a member closes. */
    @Test
    void aBatchClosesOverIt() {
        Member doubt = new Member("a", IN_DOUBT, TOKEN, null, true);
        Member sent = new Member("b", SENT, TOKEN, null, false);
        assertThat(CloseDecision.of(List.of(doubt, sent), "w", token -> false, OnDoubt.RESEND)).isInstanceOf(CloseDecision.Close.class);
        assertThat(PENDING.canBecome(CANCELLED)).isTrue();
    }

    private long apply(GuardedUpdate update) {
        return InMemoryGuards.apply(List.of(erased, other), update);
    }
}
