package org.campaignrecovery.model.run;

import java.util.Optional;

/** Whether a run can be completed, from its end page, read first, and the number of its batches that are done, read after it. */
public enum CompletionDecision {
    /** There is no end page: batches may still be added. */
    STILL_PLANNING,
    BATCHES_OPEN,
    COMPLETE,
    /** More batches are done than the end page counts. The protocol excludes it, so nothing may be concluded; somebody must look. */
    CONTRADICTION;

    /** @param endPageBatchCount the number of batches that the end page names; empty while there is no end page */
    public static CompletionDecision of(Optional<Long> endPageBatchCount, long doneBatches) {
        if (endPageBatchCount.isEmpty()) {
            return STILL_PLANNING;
        }
        int order = Long.compare(doneBatches, endPageBatchCount.get());
        return order < 0 ? BATCHES_OPEN : order == 0 ? COMPLETE : CONTRADICTION;
    }
}
