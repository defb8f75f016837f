package org.campaignrecovery.api.run.timeline;

import org.campaignrecovery.model.Wire;

/** What can happen in the life of a run, in the order in which things of the same instant are told. */
public enum TimelineEvent implements Wire {
    /** When it was to begin. */
    SCHEDULED("scheduled"),
    /** It began; the detail says how late it was and for how many occurrences it stands. */
    STARTED("started"),
    /** It was too late to begin. */
    MISSED("missed"),
    /** A worker went on with a planning that another had begun and not ended. */
    PLANNING_TAKEN_OVER("planning_taken_over"),
    /** The last page of its audience was planned: every batch exists. */
    PLANNED("planned"),
    /** A worker went on with a batch that another had begun and not ended. */
    BATCH_TAKEN_OVER("batch_taken_over"),
    FIRST_MESSAGE("first_message"),
    /** Somebody paused the campaign. */
    PAUSED("paused"),
    /** Somebody let it go on. */
    RESUMED("resumed"),
    /** Somebody cancelled the campaign; what was under way ends first. */
    CANCEL_ORDERED("cancel_ordered"),
    /** Messages whose outcome is not known, all for one reason. */
    IN_DOUBT("in_doubt"),
    /** Attempts that were no longer the latest of their messages turned out to have been accepted. */
    POSSIBLY_TWICE("possibly_twice"),
    LAST_MESSAGE("last_message"),
    COMPLETED("completed"),
    CANCELLED("cancelled"),
    FAILED("failed");

    private final String wire;

    TimelineEvent(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
