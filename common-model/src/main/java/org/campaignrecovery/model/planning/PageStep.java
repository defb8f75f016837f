package org.campaignrecovery.model.planning;

/** What a planner does with what it finds in a slot, whoever has frozen it: what it has read itself counts for nothing then. */
public enum PageStep {
    /** Its deliveries and batches may not all exist: carry it out from its rows. */
    CARRY_OUT,
    /** Go on behind it. */
    PASS,
    /** There is no further page. */
    STOP;

    public static PageStep of(PageState found) {
        return switch (found) {
            case PLANNING -> CARRY_OUT;
            case PLANNED -> PASS;
            case END -> STOP;
        };
    }
}
