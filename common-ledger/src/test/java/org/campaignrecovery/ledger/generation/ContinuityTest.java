package org.campaignrecovery.ledger.generation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.campaignrecovery.model.generation.Position;
import org.junit.jupiter.api.Test;

class ContinuityTest {
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    private final Continuity continuity = new Continuity();

    /** Kafka is away at the start: nobody knows how far the ledger has been. */
    @Test
    void nothingGoesOnBeforeTheLedgerWasCompared() {
        assertThat(continuity.see(at(7), continuity.known())).isFalse();
        assertThat(continuity.goesOn()).isFalse();
        assertThat(continuity.obstacle()).hasValue(Continuity.UNCOMPARED);
        continuity.compared(null);
        assertThat(continuity.see(at(7), continuity.known())).isTrue();
        assertThat(continuity.obstacle()).isEmpty();
    }

    @Test
    void aLedgerBehindTheTopicDoesNotGoOn() {
        continuity.compared(new Position("a", 9));
        assertThat(continuity.see(at(8), continuity.known())).isFalse();
        assertThat(continuity.see(at(9), continuity.known())).isTrue();
    }

    @Test
    void aLedgerBehindItsOwnEarlierReadingDoesNotGoOn() {
        continuity.compared(null);
        continuity.see(at(8), continuity.known());
        assertThat(continuity.see(at(7), continuity.known())).isFalse();
    }

    @Test
    void aLedgerBehindAnEventDoesNotGoOn() {
        continuity.compared(null);
        continuity.see(at(8), continuity.known());
        continuity.heard(new Position("a", 11));
        assertThat(continuity.see(at(8), continuity.known())).isFalse();
    }

    /** The slower of two readings shows an earlier state, and nothing has gone backwards. */
    @Test
    void aReadingIsComparedWithWhatWasKnownBeforeIt() {
        continuity.compared(null);
        continuity.see(at(7), continuity.known());
        Position before = continuity.known();
        continuity.see(at(8), continuity.known());
        assertThat(continuity.see(at(7), before)).isTrue();
        assertThat(continuity.position()).isEqualTo(new Position("a", 8));
    }

    @Test
    void anotherLedgerDoesNotGoOnUntilItHasTakenThePlaceOfTheFirst() {
        continuity.compared(new Position("b", 3));
        assertThat(continuity.see(at(8), continuity.known())).isFalse();
        assertThat(continuity.see(new GenerationDocument("generation", "a", 9L, NOW, List.of("b"), null), continuity.known())).isTrue();
        assertThat(continuity.known()).isEqualTo(new Position("a", 9));
    }

    @Test
    void aHeldLedgerGoesOnOnceSomebodyHasConfirmedItAndIsDoubtedForWhatWasDueBefore() {
        continuity.compared(null);
        assertThat(continuity.see(held(null), continuity.known())).isFalse();
        assertThat(continuity.obstacle()).hasValueSatisfying(sentence -> assertThat(sentence).contains("went backwards", "confirm"));
        assertThat(continuity.see(held(NOW), continuity.known())).isTrue();
        assertThat(continuity.doubts(NOW)).isPresent();
        assertThat(continuity.doubts(NOW.plusSeconds(1))).isEmpty();
    }

    @Test
    void aLedgerWithoutItsGenerationDoesNotGoOn() {
        continuity.compared(null);
        assertThat(continuity.see(null, continuity.known())).isFalse();
    }

    private static GenerationDocument at(long generation) {
        return new GenerationDocument("generation", "a", generation, NOW, null, null);
    }

    private static GenerationDocument held(Instant confirmedAt) {
        return new GenerationDocument("generation", "a", 1_009L, NOW, null, new GenerationDocument.Hold(1_009L, 7L, NOW, NOW,
                "the ledger went backwards", true, confirmedAt, confirmedAt == null ? null : "olga", null));
    }
}
