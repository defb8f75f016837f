package org.campaignrecovery.worker.planning;

import org.campaignrecovery.model.lease.ProgressDeadline;

/**
 * The planning of a run that this process leases. A lost lease never comes back; planning stops at the next step. Planning that does not
 * get on, be it that reading the orders never ends, loses its lease.
 */
final class PlannerHold {
    private final String run;
    private final long epoch;
    private final ProgressDeadline deadline;
    private volatile boolean lost;

    PlannerHold(String run, long epoch, ProgressDeadline deadline) {
        this.run = run;
        this.epoch = epoch;
        this.deadline = deadline;
    }

    String run() {
        return run;
    }

    long epoch() {
        return epoch;
    }

    boolean lost() {
        return lost;
    }

    /** A page was read or planned, the ledger has said that the planning is to wait, or it does not answer at all. */
    void progressed() {
        deadline.progressed(System.nanoTime());
    }

    boolean mayBeat() {
        return deadline.mayBeat(System.nanoTime());
    }

    void lose() {
        lost = true;
    }
}
