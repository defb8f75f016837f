package org.campaignrecovery.model.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.doubles;
import static org.quicktheories.generators.SourceDSL.integers;

import java.time.Duration;
import java.time.Instant;

import org.campaignrecovery.model.retry.RetryDecision.GiveUp;
import org.campaignrecovery.model.retry.RetryDecision.Retry;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final Instant FIRST = Instant.parse("2026-11-23T08:00:00Z");
    private static final RetryPolicy POLICY = new RetryPolicy(6, Duration.ofSeconds(30), Duration.ofMinutes(5), 0.5, Duration.ofHours(1));

    @Test
    void theDelayDoublesUpToItsLimit() {
        assertThat(delays(0)).containsExactly(30L, 60L, 120L, 240L, 300L);
    }

    @Test
    void jitterShortensTheDelayByUpToItsPart() {
        assertThat(delays(0.5)).containsExactly(22L, 45L, 90L, 180L, 225L);
    }

    @Test
    void theLastAttemptIsTheLast() {
        assertThat(POLICY.next(6, FIRST, FIRST, 0)).isEqualTo(new GiveUp("tried 6 times"));
    }

    @Test
    void noTryBeginsWhenTheMessageIsTooOld() {
        Instant lastMoment = FIRST.plusSeconds(3600 - 30);
        assertThat(POLICY.next(1, FIRST, lastMoment, 0)).isEqualTo(new Retry(FIRST.plusSeconds(3600)));
        assertThat(POLICY.next(1, FIRST, lastMoment.plusMillis(1), 0)).isInstanceOf(GiveUp.class);
    }

    @Test
    void aProviderThatAsksForPatienceGetsIt() {
        assertThat(POLICY.next(1, FIRST, FIRST, 0, Duration.ofMinutes(20))).isEqualTo(new Retry(FIRST.plusSeconds(1200)));
        assertThat(POLICY.next(1, FIRST, FIRST, 0, Duration.ofSeconds(1))).isEqualTo(new Retry(FIRST.plusSeconds(30)));
        assertThat(POLICY.next(1, FIRST, FIRST, 0, Duration.ofSeconds(Long.MAX_VALUE))).isInstanceOf(GiveUp.class);
    }

    @Test
    void aRetryIsNeverEarlierThanItsPartOfTheDelayNorLaterThanTheDelay() {
        qt().forAll(integers().between(1, 5), doubles().between(0, 0.999999)).check((attempt, random) -> {
            Instant full = ((Retry) POLICY.next(attempt, FIRST, FIRST, 0)).at();
            Instant at = ((Retry) POLICY.next(attempt, FIRST, FIRST, random)).at();
            long whole = Duration.between(FIRST, full).toMillis();
            return !at.isAfter(full) && Duration.between(FIRST, at).toMillis() >= whole / 2;
        });
    }

    @Test
    void manyAttemptsDoNotOverflow() {
        var patient = new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(1), Duration.ofDays(1), 1, Duration.ofDays(2));
        assertThat(patient.next(Integer.MAX_VALUE - 1, FIRST, FIRST, 0)).isEqualTo(new Retry(FIRST.plus(Duration.ofDays(1))));
    }

    @Test
    void aPolicyWithoutSenseIsRefused() {
        assertThatThrownBy(() -> new RetryPolicy(0, Duration.ofSeconds(1), Duration.ofSeconds(1), 0, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ZERO, Duration.ofSeconds(1), 0, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofSeconds(2), Duration.ofSeconds(1), 0, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1), Double.NaN, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static long[] delays(double random) {
        long[] delays = new long[5];
        for (int attempt = 1; attempt <= 5; attempt++) {
            delays[attempt - 1] = Duration.between(FIRST, ((Retry) POLICY.next(attempt, FIRST, FIRST, random)).at()).toSeconds();
        }
        return delays;
    }
}
