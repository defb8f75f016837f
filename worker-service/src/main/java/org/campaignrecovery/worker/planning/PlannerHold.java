package org.campaignrecovery.worker.planning;

import org.campaignrecovery.ledger.trace.Branch;
import org.campaignrecovery.model.lease.ProgressDeadline;

/**
 * The planning of a run that this process leases. A lost lease never comes back; planning stops at the next step. Planning that does not
 * get on, be it that reading the orders never ends, loses its lease.
 */
final class PlannerHold {
    private final String run;
    private final long epoch;
    private final ProgressDeadline deadline;
    private final Branch trace;
    private volatile boolean lost;

    /** One that is not traced. */
    PlannerHold(String run, long epoch, ProgressDeadline deadline) {
        this(run, epoch, deadline, Branch.NONE);
    }

    /** @param trace where it was taken */
    PlannerHold(String run, long epoch, ProgressDeadline deadline, Branch trace) {
        this.run = run;
        this.epoch = epoch;
        this.deadline = deadline;
        this.trace = trace;
    }

    String run() {
        return run;
    }

    long epoch() {
        return epoch;
    }

    /** Where what is done under this lease hangs. */
    Branch trace() {
        return trace;
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
