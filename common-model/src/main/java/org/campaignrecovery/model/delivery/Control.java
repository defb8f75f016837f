package org.campaignrecovery.model.delivery;

/** What the operators' switches and the campaign say about handing its messages to a provider. */
public enum Control {
    SENDING,
    /** The ledger is held: it went backwards, or nobody knows yet whether it did. */
    HELD,
    /** The campaign is paused. */
    PAUSED,
    /** The switch for everything is off. */
    STOPPED,
    /** It is a time of day at which the campaign does not send. */
    OUTSIDE_WINDOW,
    /** The campaign was cancelled; final. */
    CANCELLED,
    /** The campaign's end date has passed while it was sending; final. */
    ENDED;

    /** Whether messages wait, to be sent later. */
    public boolean resting() {
        return this == HELD || this == PAUSED || this == STOPPED || this == OUTSIDE_WINDOW;
    }
}
