package org.campaignrecovery.worker.recovery;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.recovery.RecoveryMeters;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.lease.LeaseObserver;
import org.campaignrecovery.model.lease.LeaseObserver.Lease;
import org.campaignrecovery.worker.batch.BatchConfig;
import org.campaignrecovery.worker.batch.BatchRepository;
import org.campaignrecovery.worker.batch.BatchSlots;
import org.campaignrecovery.worker.batch.BatchTaker;

import io.micrometer.core.instrument.Counter;
import io.smallrye.mutiny.Uni;

/** Batches whose owner shows no heartbeat. Those that this process holds itself are not observed. */
@ApplicationScoped
class DeadLeaseSweep implements Sweep {
    private final BatchRepository batches;
    private final BatchSlots slots;
    private final BatchTaker taker;
    private final LeaseObserver<String> observer;
    private final Counter takeovers;

    DeadLeaseSweep(BatchRepository batches, BatchSlots slots, BatchTaker taker, BatchConfig config,
            RecoveryMeters meters) {
        this.batches = batches;
        this.slots = slots;
        this.taker = taker;
        this.observer = new LeaseObserver<>(config.deadAfter(), config.longestGap());
        this.takeovers = meters.takeovers(RecoveryMeters.Lease.BATCH);
    }

    @Override
    public Uni<Void> sweep(List<RunDocument> active) {
        long issued = System.nanoTime();
        return batches.leased(active.stream().map(run -> run.id).toList()).chain(leased -> {
            List<Lease<String>> leases = leased.stream().filter(batch -> !slots.holds(batch.id()))
                    .map(batch -> new Lease<>(batch.id(), batch.epoch(), batch.hb())).toList();
            return takeOver(observer.pass(issued, System.nanoTime(), leases));
        });
    }

    private Uni<Void> takeOver(List<Lease<String>> dead) {
        return Sweep.forEach(dead, lease -> taker.takeOver(lease.key(), lease.epoch(), lease.hb())
                .invoke(taken -> Sweep.count(takeovers, taken == BatchTaker.Taken.LEASED)));
    }

    @Override
    public void gap() {
        observer.failed();
    }
}
