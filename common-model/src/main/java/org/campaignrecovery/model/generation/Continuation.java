package org.campaignrecovery.model.generation;

import java.util.Collection;

/** Whether a ledger goes on from where it, or its predecessor, was seen before. */
public enum Continuation {
    /** It is where it was seen, or further; or it is known to have taken the place of what was seen. */
    GOES_ON,
    /** It is the same ledger at an earlier time: it was restored from a backup. */
    WENT_BACKWARDS,
    /** It is another ledger than the one that was seen. */
    ANOTHER_LEDGER;

    /**
     * @param ledger where the ledger stands, read after {@code seen} was noted
     * @param past incarnations of other ledgers whose place this one has taken
     * @param seen the latest position that is known, or null when none is
     */
    public static Continuation of(Position ledger, Collection<String> past, Position seen) {
        if (seen == null || past.contains(seen.incarnation())) {
            return GOES_ON;
        }
        if (!seen.incarnation().equals(ledger.incarnation())) {
            return ANOTHER_LEDGER;
        }
        return ledger.generation() < seen.generation() ? WENT_BACKWARDS : GOES_ON;
    }
}
