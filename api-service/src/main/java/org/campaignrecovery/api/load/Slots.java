package org.campaignrecovery.api.load;

import java.util.concurrent.Semaphore;

import org.campaignrecovery.api.problem.ProblemType;

import io.smallrye.mutiny.Uni;

/** Lets a few do what needs much memory; others are told to come back, which costs less than to let them wait. */
public final class Slots {
    private final Semaphore free;
    private final String busy;

    /** @param busy what those are told who find no free slot */
    public Slots(int slots, String busy) {
        this.free = new Semaphore(slots);
        this.busy = busy;
    }

    /** Does the work in a slot. Fails with 503 when none is free. */
    public <T> Uni<T> within(Uni<T> work) {
        return Uni.createFrom().deferred(() -> {
            if (!free.tryAcquire()) {
                throw ProblemType.UNAVAILABLE.problem(busy);
            }
            return work.onTermination().invoke(() -> free.release());
        });
    }
}
