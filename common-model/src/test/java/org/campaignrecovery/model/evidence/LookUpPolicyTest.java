package org.campaignrecovery.model.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

class LookUpPolicyTest {
    private static final Instant CLAIMED = Instant.parse("2026-11-23T12:00:00Z");
    private static final LookUpPolicy POLICY = new LookUpPolicy(Duration.ofSeconds(40),
            List.of(Duration.ofMinutes(5), Duration.ofHours(1)));

    @Test
    void nobodyAsksWhileTheClaimantMayStillBeAtWork() {
        assertThat(POLICY.due(CLAIMED, 0, null)).contains(CLAIMED.plusSeconds(40));
        assertThat(POLICY.due(CLAIMED, 0, CLAIMED.plusSeconds(1))).contains(CLAIMED.plusSeconds(40));
    }

    @Test
    void whoeverBeganToAskHasTheTimeThatTheLedgerSays() {
        assertThat(POLICY.due(CLAIMED, 0, CLAIMED.plusSeconds(100))).contains(CLAIMED.plusSeconds(100));
    }

    @Test
    void whatWasAskedInVainIsAskedAgainABoundedNumberOfTimes() {
        Instant now = CLAIMED.plusSeconds(60);
        assertThat(POLICY.next(1, now)).contains(now.plusSeconds(300));
        assertThat(POLICY.next(2, now)).contains(now.plusSeconds(3_600));
        assertThat(POLICY.next(3, now)).isEmpty();
        assertThat(POLICY.due(CLAIMED, 2, now.plusSeconds(3_600))).contains(now.plusSeconds(3_600));
        assertThat(POLICY.due(CLAIMED, 3, null)).isEmpty();
    }
}
