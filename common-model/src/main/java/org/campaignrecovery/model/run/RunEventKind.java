package org.campaignrecovery.model.run;

import org.campaignrecovery.model.Wire;

/** What can happen to a run that its documents do not tell afterwards. */
public enum RunEventKind implements Wire {
    /** A worker went on with a batch that another had begun and not ended. */
    BATCH_TAKEN_OVER("batch_taken_over"),
    /** A worker went on with a planning that another had begun and not ended. */
    PLANNING_TAKEN_OVER("planning_taken_over"),
    /** An attempt that is no longer the latest of its message turned out to have been accepted. */
    POSSIBLY_TWICE("possibly_twice");

    private final String wire;

    RunEventKind(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
