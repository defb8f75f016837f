package org.campaignrecovery.model.delivery;

/** What the operators' switches and the campaign say about handing its messages to a provider. */
public enum Control {
    SENDING,
    /** The campaign is paused. */
    PAUSED,
    /** The switch for everything is off. */
    STOPPED,
    /** The campaign was cancelled; final. */
    CANCELLED,
    /** The campaign's end date has passed while it was sending; final. */
    ENDED
}
