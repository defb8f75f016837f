package org.campaignrecovery.model.explore;

/** A rule of a campaign's results that can be taken out of the code, to see the schedule that needs it. */
enum ResultsRule {
    /** A campaign leaves processing, or is accounted for, at the revision that was read before its runs were added up. */
    LEAVE_AT_THE_REVISION,
    /** Who counts again raises the campaign's revision also while it has no results yet. */
    RAISE_WITHOUT_RESULTS,
    /** Results are written over the revision that was read before the runs were added up. */
    RESULTS_AT_THE_REVISION,
    /** A batch stays dirty until the results are taken again. */
    CLEAR_AFTER_THE_RESULTS
}
