package org.campaignrecovery.model.batch;

import static org.campaignrecovery.model.SuccessorTable.assertSuccessors;

import org.junit.jupiter.api.Test;

class BatchStateTest {

    /** The design's table, and {@code leased -> leased}: the lease of a dead owner is taken over. */
    @Test
    void theSuccessorsAreTheDesigns() {
        assertSuccessors(BatchState.class, BatchState::successors, "ready -> leased", "leased -> done ready leased", "done -> ready");
    }
}
