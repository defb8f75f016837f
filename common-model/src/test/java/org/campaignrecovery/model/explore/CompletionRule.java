package org.campaignrecovery.model.explore;

/** A rule of completion, counting or operators' orders that can be taken out of the code, to see the schedule that needs it. */
enum CompletionRule {
    /** The run that is completed is the one that was read: its round, its order, its revision. */
    COMPLETE_WHAT_WAS_READ,
    /** Who counts again raises the run's revision, so that who completes it with older sums loses. */
    COMPLETE_AT_THE_REVISION,
    /** A batch takes the order of a round once. */
    A_BATCH_TAKES_AN_ORDER_ONCE,
    /** The batches that an order does not concern get its round too, before it counts as placed. */
    PASS_OVER_THE_OTHERS,
    /** An order is placed when it has reached its batches. */
    PLACED_AFTER_THE_BATCHES,
    /** An order is written into the run as it was seen. */
    ORDER_THE_RUN_THAT_WAS_SEEN,
    /** A new owner keeps what the order is about from the owners before it, then stamps. */
    FORESTALL_BEFORE_STAMPING,
    /** Whoever executes an order takes up only what has an older fence. */
    REOPEN_WHAT_IS_OLDER,
    /** And takes the order off the batch. */
    TAKE_THE_ORDER_OFF,
    /** A batch stays dirty until the totals are taken again. */
    CLEAR_AFTER_THE_TOTALS,
    /** Only the mark that was counted is cleared. */
    CLEAR_WHAT_WAS_COUNTED,
    /** Totals are written over the revision that was read before them. */
    TOTALS_AT_THE_REVISION
}
