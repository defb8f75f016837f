package org.campaignrecovery.model.planning;

/** The identity of the n-th page of a run, {@code <runId>:<n>}, n from 0: inserting it is the planner's compare-and-set. */
public record PageId(String run, int n) {

    @Override
    public String toString() {
        return run + ":" + n;
    }
}
