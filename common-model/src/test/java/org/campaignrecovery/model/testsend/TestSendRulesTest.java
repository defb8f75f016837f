package org.campaignrecovery.model.testsend;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.guard.InMemoryGuards;
import org.junit.jupiter.api.Test;

class TestSendRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final Duration LONGEST = Duration.ofSeconds(40);

    private final Map<String, Object> test = new HashMap<>(Map.of("_id", "t", "state", "requested", "requestedAt", NOW));

    /** Two workers look at the same moment. */
    @Test
    void onlyOneClaims() {
        assertThat(apply(TestSendRules.claim("t", "a:1", NOW))).isEqualTo(1);
        assertThat(apply(TestSendRules.claim("t", "b:1", NOW))).isZero();
        assertThat(test).containsEntry("state", "sending").containsEntry("claim", "a:1");
        assertThat(apply(TestSendRules.refused("t", "suppressed", NOW))).as("refused by the other").isZero();
    }

    @Test
    void whatTheProviderMadeOfItIsKept() {
        assertThat(ended(new Outcome.Accepted("SM1"))).containsEntry("state", "sent").containsEntry("providerId", "SM1");
        assertThat(ended(new Outcome.Accepted(null))).containsEntry("state", "sent").doesNotContainKey("providerId");
        assertThat(ended(new Outcome.Refused("550"))).containsEntry("state", "failed").containsEntry("reason", "550");
        assertThat(ended(new Outcome.RefusedForNow("451", NOW))).as("a test is not tried again").containsEntry("state", "failed")
                .containsEntry("reason", "451");
        assertThat(ended(new Outcome.Ambiguous("no answer"))).containsEntry("state", "in_doubt").containsEntry("reason", "no answer");
    }

    /** A worker that was frozen while it sent, and called lost, does not change what was said. */
    @Test
    void whoeverWasCalledLostSaysNothingMore() {
        apply(TestSendRules.claim("t", "a:1", NOW));
        assertThat(apply(TestSendRules.lost(NOW.plus(LONGEST), LONGEST))).as("it may still be on its way").isZero();
        assertThat(apply(TestSendRules.lost(NOW.plus(LONGEST).plusMillis(1), LONGEST))).isEqualTo(1);
        assertThat(apply(TestSendRules.ended("t", "a:1", new Outcome.Accepted(null), NOW))).isZero();
        assertThat(apply(TestSendRules.claim("t", "b:1", NOW))).as("sent again").isZero();
        assertThat(test).containsEntry("state", "in_doubt");
    }

    @Test
    void whatWasNotHandedOverCanBeClaimedAgain() {
        apply(TestSendRules.claim("t", "a:1", NOW));
        assertThat(apply(TestSendRules.released("t", "b:1"))).as("by somebody else").isZero();
        assertThat(apply(TestSendRules.released("t", "a:1"))).isEqualTo(1);
        assertThat(test).doesNotContainKeys("claim", "claimedAt");
        assertThat(apply(TestSendRules.claim("t", "b:1", NOW))).isEqualTo(1);
    }

    @Test
    void nobodyGetsATestThatNobodyWaitsForAnyMore() {
        assertThat(apply(TestSendRules.expired(NOW.plus(TestSendRules.PATIENCE)))).isZero();
        assertThat(apply(TestSendRules.expired(NOW.plus(TestSendRules.PATIENCE).plusMillis(1)))).isEqualTo(1);
        assertThat(apply(TestSendRules.claim("t", "a:1", NOW))).isZero();
        assertThat(test).containsEntry("state", "failed");
    }

    @Test
    void itSaysFirstThatItIsATest() {
        assertThat(TestMark.on(new EmailContent("Hello {{name}}", "h", "t", "Shop")))
                .isEqualTo(new EmailContent("[Test] Hello {{name}}", "h", "t", "Shop"));
        assertThat(TestMark.on(new SmsContent("Hi"))).isEqualTo(new SmsContent("[Test] Hi"));
        assertThat(TestMark.on((SmsContent) null)).isNull();
    }

    private Map<String, Object> ended(Outcome outcome) {
        Map<String, Object> one = new HashMap<>(Map.of("_id", "t", "state", "sending", "claim", "a:1"));
        assertThat(InMemoryGuards.apply(one, TestSendRules.ended("t", "a:1", outcome, NOW))).isTrue();
        assertThat(one).containsEntry("endedAt", NOW);
        return one;
    }

    private long apply(GuardedUpdate update) {
        return InMemoryGuards.apply(List.of(test), update);
    }
}
