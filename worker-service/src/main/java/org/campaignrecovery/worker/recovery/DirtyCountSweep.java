package org.campaignrecovery.worker.recovery;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.recovery.RecoveryMeters;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.worker.batch.BatchRepository;
import org.campaignrecovery.worker.delivery.DeliveryRepository;
import org.campaignrecovery.worker.delivery.DeliveryRepository.Standing;
import org.campaignrecovery.worker.run.RunTotals;

import io.micrometer.core.instrument.Counter;
import io.smallrye.mutiny.Uni;

/**
 * Batches that late evidence has changed after they were counted: counts them again. A leased one is counted by its owner. Those whose
 * evidence was announced by somebody who may have died over writing it are looked at now and then.
 */
@ApplicationScoped
class DirtyCountSweep implements Sweep {
    private static final int NOW_AND_THEN = 30;

    private final BatchRepository batches;
    private final DeliveryRepository deliveries;
    private final RunTotals totals;
    private final Counter finds;
    private int passes;

    DirtyCountSweep(BatchRepository batches, DeliveryRepository deliveries, RunTotals totals, RecoveryMeters meters) {
        this.batches = batches;
        this.deliveries = deliveries;
        this.totals = totals;
        this.finds = meters.finds("dirty_counts");
    }

    @Override
    public Uni<Void> sweep(List<RunDocument> active) {
        Uni<Void> dirty = batches.dirty().chain(found -> Sweep.forEach(found, this::recount));
        passes++;
        return passes % NOW_AND_THEN == 0 ? dirty.chain(this::lookAtAnnounced) : dirty;
    }

    private Uni<Void> lookAtAnnounced() {
        return batches.announced().chain(found -> Sweep.forEach(found, batch -> deliveries.standing(batch.members())
                .chain(members -> count(members).equals(batch.vector()) ? Uni.createFrom().voidItem() : recount(batch))));
    }

    /** The mark goes last: who dies before the totals are taken leaves it to the next sweep. */
    private Uni<Void> recount(BatchDocument batch) {
        return deliveries.standing(batch.members()).chain(members -> recounted(batch, members))
                .invoke(won -> Sweep.count(finds, won))
                .chain(won -> won ? totals.takeAgain(batch.run()) : Uni.createFrom().item(false))
                .chain(taken -> taken
                        ? batches.won(BatchRules.counted(batch.id(), batch.hb(), batch.dirty())).replaceWithVoid()
                        : Uni.createFrom().voidItem());
    }

    private Uni<Boolean> recounted(BatchDocument batch, List<Standing> members) {
        return batches.won(BatchRules.recounted(batch.id(), batch.state(), batch.epoch(), batch.hb(), batch.dirty(), count(members))
                .with(BatchRules.sent(batch.sent().plus(Standing.sent(members)))));
    }

    private static Counts count(List<Standing> members) {
        return Counts.ofStates(members.stream().map(Standing::state).toList());
    }
}
