package org.campaignrecovery.model.rate;

import java.time.Duration;
import java.time.Instant;

/**
 * The next free time of a shared rate and what is left of it after taking some: the generic cell rate algorithm (ITU-T I.371) with
 * {@link #LATE} as its tolerance, so that over any window no more than {@code rate × (window + LATE) + n} messages begin.
 *
 * @param start when the {@code n} messages may begin; what is before now may begin at once
 * @param next from when on the next ones may
 */
public record Reservation(Instant start, Instant next) {
    /**
     * Nobody takes more of a rate than what begins within this time: what is taken by a process that dies or stops is lost to the others,
     * who wait as if it had been used.
     */
    public static final Duration AHEAD = Duration.ofMillis(250);
    /**
     * What has been free for no longer than this is not lost: a busy rate is asked for late whenever a process, a network or the ledger has
     * to catch its breath. Two hundredths of ten seconds are the most that this can add to them.
     */
    public static final Duration LATE = Duration.ofMillis(200);

    /**
     * @param free from when on the rate is free, as read, or null when nobody has taken any
     * @param perSecond at least 1
     */
    public static Reservation of(Instant free, Instant now, int n, int perSecond) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("a rate is at least one message a second, not " + perSecond);
        }
        Instant start = free == null ? now : latest(free, now.minus(LATE));
        return new Reservation(start, start.plus(Duration.ofSeconds(n).dividedBy(perSecond)));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /** How long to wait at {@code now}; zero when it may begin. */
    public Duration waitFrom(Instant now) {
        return start.isAfter(now) ? Duration.between(now, start) : Duration.ZERO;
    }

    /** How long to wait at {@code now} and look again, because it is too early to take this; zero when it may be taken. */
    public Duration tooEarlyBy(Instant now) {
        Duration early = waitFrom(now).minus(AHEAD);
        return early.isNegative() ? Duration.ZERO : early;
    }
}
