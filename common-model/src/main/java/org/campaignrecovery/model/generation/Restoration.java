package org.campaignrecovery.model.generation;

import java.time.Instant;

/**
 * What was lost when a ledger went backwards: whatever was due up to {@code until} may have been sent after the backup was made, and the
 * ledger does not know it.
 *
 * @param generation the hold that it belongs to
 */
public record Restoration(long generation, Instant until) {
    public static final String REASON = "the ledger was restored from a backup: it may have been sent after that was made";

    /**
     * Whether messages of a run may have been sent without the ledger knowing. That does not depend on what the ledger knows of the run: one
     * that was being planned when the backup was made goes on being planned, one that began later begins again under the same id, and both
     * would reach the same people again.
     */
    public boolean doubts(Instant scheduledFor) {
        return !scheduledFor.isAfter(until);
    }
}
