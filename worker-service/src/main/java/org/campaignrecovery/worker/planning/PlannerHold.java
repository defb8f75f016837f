package org.campaignrecovery.worker.planning;

/** The planning of a run that this process leases. A lost lease never comes back; planning stops at the next step. */
final class PlannerHold {
    private final String run;
    private final long epoch;
    private volatile boolean lost;

    PlannerHold(String run, long epoch) {
        this.run = run;
        this.epoch = epoch;
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

    void lose() {
        lost = true;
    }
}
