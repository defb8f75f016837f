package org.campaignrecovery.model.generation;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.campaignrecovery.model.generation.Continuation.ANOTHER_LEDGER;
import static org.campaignrecovery.model.generation.Continuation.GOES_ON;
import static org.campaignrecovery.model.generation.Continuation.WENT_BACKWARDS;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.model.guard.Change;
import org.campaignrecovery.model.guard.Condition;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.junit.jupiter.api.Test;

class ContinuationTest {
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    @Test
    void aLedgerThatNobodyHasSeenGoesOn() {
        assertThat(Continuation.of(at(1), List.of(), null)).isEqualTo(GOES_ON);
    }

    @Test
    void aLedgerWhereItWasSeenOrFurtherGoesOn() {
        assertThat(Continuation.of(at(7), List.of(), at(7))).isEqualTo(GOES_ON);
        assertThat(Continuation.of(at(8), List.of(), at(7))).isEqualTo(GOES_ON);
    }

    @Test
    void aLedgerBehindWhatWasSeenWentBackwards() {
        assertThat(Continuation.of(at(6), List.of(), at(7))).isEqualTo(WENT_BACKWARDS);
    }

    @Test
    void anotherIncarnationIsAnotherLedgerHoweverFarItIs() {
        assertThat(Continuation.of(new Position("b", 99), List.of(), at(7))).isEqualTo(ANOTHER_LEDGER);
    }

    @Test
    void aLedgerThatIsKnownToHaveTakenThePlaceOfAnotherGoesOn() {
        assertThat(Continuation.of(new Position("b", 1), List.of("a"), at(7))).isEqualTo(GOES_ON);
    }

    /** Whoever finds it out a moment later, by whatever was seen of the lost ledger, finds it held and does not hold it again. */
    @Test
    void aHeldLedgerLiesBeyondEverythingThatWasSeen() {
        assertThat(Continuation.of(new Position("a", generation(GenerationRules.hold(at(6), at(7), List.of(), "r", NOW, NOW))), List.of(),
                at(7 + GenerationRules.BEYOND))).isEqualTo(GOES_ON);
        assertThat(generation(GenerationRules.hold(at(6), new Position("b", 5_000), List.of("b"), "r", NOW, NOW)))
                .isEqualTo(6 + GenerationRules.BEYOND);
    }

    @Test
    void everythingThatWasDueBeforeTheHoldIsDoubted() {
        Restoration restoration = new Restoration(1_007, NOW);
        assertThat(restoration.doubts(NOW.minusSeconds(3_600))).isTrue();
        assertThat(restoration.doubts(NOW)).isTrue();
        assertThat(restoration.doubts(NOW.plusMillis(1))).isFalse();
    }

    @Test
    void aHoldIsConfirmedOnceAndOnlyWhenItsDoubtIsThereToBeSeen() {
        Map<String, Object> guard = GenerationRules.confirm(1_007, "olga", "looked", NOW).guard().stream()
                .filter(condition -> condition instanceof Condition.Equal equal && equal.value() != null)
                .map(condition -> (Condition.Equal) condition)
                .collect(toMap(equal -> equal.field(), equal -> equal.value()));
        assertThat(guard).containsEntry("hold.generation", 1_007L).containsEntry("hold.moved", true);
        assertThat(GenerationRules.confirm(1_007, "olga", null, NOW).guard())
                .contains(Condition.absent("hold.confirmedAt"));
    }

    private static Position at(long generation) {
        return new Position("a", generation);
    }

    private static long generation(GuardedUpdate update) {
        return update.changes().stream().filter(change -> change.field().equals("generation"))
                .map(change -> (Long) ((Change.Assign) change).value()).findFirst().orElseThrow();
    }
}
