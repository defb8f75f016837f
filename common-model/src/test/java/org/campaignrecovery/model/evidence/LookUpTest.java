package org.campaignrecovery.model.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.campaignrecovery.model.evidence.LookUp.Absent;
import org.campaignrecovery.model.evidence.LookUp.Finding;
import org.campaignrecovery.model.evidence.LookUp.Found;
import org.campaignrecovery.model.evidence.LookUp.Listed;
import org.campaignrecovery.model.evidence.LookUp.Several;
import org.junit.jupiter.api.Test;

/** What a provider's list proves about one attempt. */
class LookUpTest {
    private static final String TO = "+12025550101";
    private static final String US = "+12025550100";
    private static final Instant CLAIMED = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant DOUBTED = CLAIMED.plusSeconds(22);
    private static final Duration AHEAD = Duration.ofMinutes(10);
    private static final Duration TOLERANCE = Duration.ofSeconds(5);
    private static final LookUp ASKED = LookUp.of(TO, US, "Hello Ada", CLAIMED, DOUBTED, AHEAD, TOLERANCE);
    private static final Listed OURS = listed("SM1", CLAIMED.plus(AHEAD).plusSeconds(1));

    @Test
    void theOnlyOneThatCanBeItIsIt() {
        assertThat(find(OURS)).isEqualTo(new Found("SM1"));
        assertThat(find(listed("SM2", null), OURS)).as("what the provider dates nowhere is no candidate").isEqualTo(new Found("SM1"));
        assertThat(find(OURS, OURS)).as("listed on two pages").isEqualTo(new Found("SM1"));
    }

    @Test
    void absenceIsNoProofAndSeveralAreNone() {
        assertThat(find()).isEqualTo(new Absent());
        assertThat(find(OURS, listed("SM2", OURS.at()))).isEqualTo(new Several(2));
    }

    @Test
    void whatIsEvidenceForAnotherDeliveryIsNoneForThis() {
        assertThat(ASKED.find(List.of(OURS), Set.of("SM1"))).isEqualTo(new Absent());
        assertThat(ASKED.find(List.of(OURS, listed("SM2", OURS.at())), Set.of("SM2"))).isEqualTo(new Found("SM1"));
    }

    @Test
    void addresseeSenderAndTextMustBeTheSame() {
        assertThat(find(new Listed("SM1", "+12025550102", US, "Hello Ada", OURS.at()))).isEqualTo(new Absent());
        assertThat(find(new Listed("SM1", TO, "+12025550199", "Hello Ada", OURS.at()))).isEqualTo(new Absent());
        assertThat(find(new Listed("SM1", TO, null, "Hello Ada", OURS.at()))).isEqualTo(new Absent());
        assertThat(find(new Listed("SM1", TO, US, "Hello Bea", OURS.at()))).isEqualTo(new Absent());
    }

    /** The provider's clock is ten minutes ahead: by the ledger's, each of these times would mean the opposite. */
    @Test
    void timesAreComparedOnTheProvidersClock() {
        assertThat(find(listed("SM1", CLAIMED.plusSeconds(1)))).as("ten minutes before the claim").isEqualTo(new Absent());
        assertThat(find(listed("SM1", CLAIMED.plus(AHEAD).minus(TOLERANCE)))).isEqualTo(new Found("SM1"));
        assertThat(find(listed("SM1", CLAIMED.plus(AHEAD).minus(TOLERANCE).minusMillis(1)))).isEqualTo(new Absent());
        assertThat(find(listed("SM1", DOUBTED.plus(AHEAD).plus(TOLERANCE)))).isEqualTo(new Found("SM1"));
        assertThat(find(listed("SM1", DOUBTED.plus(AHEAD).plus(TOLERANCE).plusMillis(1)))).isEqualTo(new Absent());
    }

    private static Finding find(Listed... listed) {
        return ASKED.find(Arrays.asList(listed), Set.of());
    }

    private static Listed listed(String id, Instant at) {
        return new Listed(id, TO, US, "Hello Ada", at);
    }
}
