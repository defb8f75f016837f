package org.campaignrecovery.model.explore;

/** A rule of the protocol that can be taken out of the code, to see the schedule that needs it. */
enum Rule {
    /** A re-lease stamps the open members with its epoch. */
    STAMP,
    /** It stamps them before it sweeps. */
    STAMP_BEFORE_SWEEP,
    /** A claim names the fence. */
    CLAIM_NAMES_THE_FENCE,
    /** A claim whose answer is lost has won nothing. */
    A_LOST_CLAIM_IS_NO_CLAIM,
    /** A batch closes only after all its members were read closed. */
    CLOSE_AFTER_READING,
    /** A refusal for now that comes late makes its delivery failed. */
    LATE_REFUSAL_FAILS,
    /** Burnt claims that have landed are released. */
    RELEASE_BURNT_CLAIMS,
    /** The sweep puts claimed messages into doubt. */
    SWEEP_INTO_DOUBT,
    /** The batch is marked dirty after late evidence. */
    DIRTY_AFTER_LATE_EVIDENCE,
    /** A batch whose late evidence was announced is looked at again, also when whoever announced it has died. */
    LOOK_AT_ANNOUNCED,
    /** What is being sent is not cancelled. */
    CANCEL_ONLY_WHAT_WAITS
}
