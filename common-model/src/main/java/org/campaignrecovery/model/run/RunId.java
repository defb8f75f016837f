package org.campaignrecovery.model.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The identity of one occurrence of a campaign: {@code <campaignId>@<occurrence>}. Whoever starts the same occurrence, however often,
 * arrives at the same id, so that a run exists once.
 */
public record RunId(String campaignId, String occurrence) {
    private static final char SEPARATOR = '@';
    private static final String MANUAL = "manual:";

    public RunId {
        if (campaignId.isEmpty() || campaignId.indexOf(SEPARATOR) >= 0 || occurrence.isEmpty()) {
            throw new IllegalArgumentException("a run id is <campaignId>@<occurrence>, not " + campaignId + SEPARATOR + occurrence);
        }
    }

    /** The run of the occurrence that was armed for {@code scheduledFor}, to the millisecond that the ledger keeps. */
    public static RunId of(String campaignId, Instant scheduledFor) {
        return new RunId(campaignId, scheduledFor.truncatedTo(ChronoUnit.MILLIS).toString());
    }

    /** A run that an operator has ordered under a key of theirs: the same key is the same run. */
    public static RunId manual(String campaignId, String key) {
        return new RunId(campaignId, MANUAL + key);
    }

    /** Whether it was ordered, and stands for no occurrence of the schedule. */
    public boolean isManual() {
        return occurrence.startsWith(MANUAL);
    }

    /** @throws IllegalArgumentException if {@code text} is not a run id */
    public static RunId parse(String text) {
        int at = text.indexOf(SEPARATOR);
        if (at < 0) {
            throw new IllegalArgumentException("a run id is <campaignId>@<occurrence>, not " + text);
        }
        return new RunId(text.substring(0, at), text.substring(at + 1));
    }

    @Override
    public String toString() {
        return campaignId + SEPARATOR + occurrence;
    }
}
