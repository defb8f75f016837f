package org.campaignrecovery.model.explore;

/** A rule of starting runs that can be taken out of the code, to see the schedule that needs it. */
enum StartRule {
    /** An occurrence begins for whoever has seen the campaign as it still is. */
    START_WHAT_WAS_SEEN,
    /** A run is inserted once. */
    A_RUN_EXISTS_ONCE,
    /** An operator's key names the run. */
    THE_KEY_NAMES_THE_RUN,
    /** A sweep inserts the run that a crash has kept from the ledger. */
    SWEEP_WHAT_WAS_BEGUN,
    /** A campaign that goes on carries what it missed until that is in the ledger. */
    CARRY_WHAT_WAS_MISSED,
    /** A campaign leaves processing for the run that it is about, as it was seen. */
    LEAVE_WITH_THE_CURRENT_RUN,
    /** And after a failure only if nobody has run it again since. */
    LEAVE_A_FAILED_RUN_AS_SEEN
}
