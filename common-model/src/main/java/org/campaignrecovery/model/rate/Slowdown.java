package org.campaignrecovery.model.rate;

import java.time.Duration;
import java.time.Instant;

/**
 * How much of its rate a provider gets after it has said that it is too much: half, and more again with time (additive increase,
 * multiplicative decrease).
 *
 * @param share of the rate at {@code since}, above 0 and at most 1
 */
public record Slowdown(double share, Instant since) {
    public static final double LEAST = 0.05;
    /** From nothing to the whole rate. */
    private static final Duration RECOVERY = Duration.ofMinutes(2);
    /** Refusals of messages that were on their way when the first one came back. */
    private static final Duration ONE_BURST = Duration.ofSeconds(2);

    /** The share at that time. */
    public double at(Instant now) {
        double regained = Math.max(0, Duration.between(since, now).toNanos()) / (double) RECOVERY.toNanos();
        return Math.min(1, share + regained);
    }

    /**
     * After a refusal.
     *
     * @param before null for none
     * @return the same one when the refusal belongs to those that it answers already
     */
    public static Slowdown after(Slowdown before, Instant now) {
        if (before != null && now.isBefore(before.since.plus(ONE_BURST))) {
            return before;
        }
        return new Slowdown(Math.max(LEAST, (before == null ? 1 : before.at(now)) / 2), now);
    }
}
