package org.campaignrecovery.model.retry;

import java.time.Duration;
import java.time.Instant;

import org.campaignrecovery.model.retry.RetryDecision.GiveUp;
import org.campaignrecovery.model.retry.RetryDecision.Retry;

/**
 * When a failure is tried again: after a delay that doubles from {@code firstDelay} up to {@code maxDelay}, each shortened at random by up
 * to {@code jitter} of itself, so that what failed together does not come back together.
 *
 * @param maxAttempts tries in all, the first included; at least 1
 * @param jitter from 0 (none) to 1 (anything between at once and the whole delay)
 * @param maxAge no try begins later than this after the first
 */
public record RetryPolicy(int maxAttempts, Duration firstDelay, Duration maxDelay, double jitter, Duration maxAge) {
    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("at least one attempt is needed, not " + maxAttempts);
        }
        if (firstDelay.isNegative() || firstDelay.isZero() || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException(
                    "delays must grow from more than nothing, not from %s to %s".formatted(firstDelay, maxDelay));
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter is a part, from 0 to 1, not " + jitter);
        }
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("an age cannot be negative: " + maxAge);
        }
    }

    /** {@link #next(int, Instant, Instant, double, Duration)} of a provider that did not say how long to wait. */
    public RetryDecision next(int attempt, Instant firstAttemptAt, Instant now, double random) {
        return next(attempt, firstAttemptAt, now, random, Duration.ZERO);
    }

    /**
     * @param attempt tries made so far, at least 1
     * @param firstAttemptAt from when the age counts
     * @param random in [0, 1)
     * @param retryAfter the provider's {@code Retry-After} (RFC 9110, 10.2.3): a try is never earlier, also beyond {@code maxDelay}; zero for
     *        none
     */
    public RetryDecision next(int attempt, Instant firstAttemptAt, Instant now, double random, Duration retryAfter) {
        if (attempt >= maxAttempts) {
            return new GiveUp("tried %d times".formatted(attempt));
        }
        Duration backoff = jittered(delayAfter(attempt), random);
        Duration delay = retryAfter.compareTo(backoff) > 0 ? retryAfter : backoff;
        boolean tooOld = delay.compareTo(maxAge) > 0 || now.plus(delay).isAfter(firstAttemptAt.plus(maxAge));
        return tooOld ? new GiveUp("the next try would come later than %s after the first".formatted(maxAge)) : new Retry(now.plus(delay));
    }

    private Duration delayAfter(int attempt) {
        Duration delay = firstDelay;
        for (int i = 1; i < attempt && delay.compareTo(maxDelay) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        return delay.compareTo(maxDelay) > 0 ? maxDelay : delay;
    }

    private Duration jittered(Duration delay, double random) {
        return Duration.ofMillis((long) (delay.toMillis() * (1 - jitter * random)));
    }
}
