package org.campaignrecovery.model.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * What becomes of an occurrence that is noticed late.
 *
 * @param tolerance less lateness than this is on time
 */
public record MisfirePolicy(Duration tolerance) {
    public static final MisfirePolicy DEFAULT = new MisfirePolicy(Duration.ofSeconds(5));

    /**
     * @param approvedAt or null; a start date in the past is legal, so the window counts from the later of the two instants
     * @param now by the ledger's clock
     * @param catchUpWindow how late it may still begin, this very duration included
     * @throws IllegalArgumentException if it is not due yet: nobody may be reached early
     */
    public Start decide(Instant scheduledFor, Instant approvedAt, Instant now, Duration catchUpWindow) {
        Duration late = Duration.between(scheduledFor, now);
        if (late.isNegative()) {
            throw new IllegalArgumentException("scheduled for %s, not due yet at %s".formatted(scheduledFor, now));
        }
        if (late.compareTo(tolerance) < 0) {
            return new Start.OnTime();
        }
        Instant windowFrom = approvedAt != null && approvedAt.isAfter(scheduledFor) ? approvedAt : scheduledFor;
        boolean missed = Duration.between(windowFrom, now).compareTo(catchUpWindow) > 0;
        return missed ? new Start.Missed(late) : new Start.Overdue(late);
    }
}
