package org.campaignrecovery.model.explore;

/** A rule of planning that can be taken out of the code, to see the schedule that needs it. */
enum PlanningRule {
    /** What was read is frozen as a page before any delivery exists. */
    PAGE_BEFORE_DELIVERIES,
    /** Who finds the slot taken goes on with the rows that are there. */
    ADOPT_THE_WINNERS_ROWS,
    /** And behind the place where that page ends. */
    GO_ON_BEHIND_THE_WINNERS_PAGE,
    /** The end is a page in the slot that a late planner would need. */
    THE_END_IS_A_PAGE,
    /** Deliveries that exist already belong to the batch that they name. */
    READ_THE_BATCH_BACK,
    /** A page is planned once its batches exist. */
    BATCH_BEFORE_PLANNED,
    /** The end page counts the batches of pages that others have planned too. */
    COUNT_WHAT_WAS_PASSED
}
