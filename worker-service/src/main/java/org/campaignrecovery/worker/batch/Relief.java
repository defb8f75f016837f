package org.campaignrecovery.worker.batch;

import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.crash.CrashPoint;
import org.campaignrecovery.ledger.run.RunEventDocument;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.generation.Restoration;
import org.campaignrecovery.worker.delivery.DeliveryMeters;
import org.campaignrecovery.worker.delivery.DeliveryRepository;
import org.campaignrecovery.worker.run.RunEventRepository;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * What a lease with an epoch above 1 does before anything else: stamp, then sweep, then an operator's order, then what is due again. What
 * may have been sent by a ledger that was lost is put in doubt before an order. Stamping first is what makes a woken owner's late claim
 * fail; before that, what an order is about is kept from owners that were deposed with the order in hand. Dying in between, the next
 * lease repeats it.
 */
@ApplicationScoped
class Relief {
    private static final Logger LOG = Logger.getLogger(Relief.class);

    private final DeliveryRepository deliveries;
    private final BatchRepository batches;
    private final RunEventRepository events;
    private final DeliveryMeters meters;
    private final LedgerClock clock;

    Relief(DeliveryRepository deliveries, BatchRepository batches, RunEventRepository events, DeliveryMeters meters,
            LedgerClock clock) {
        this.deliveries = deliveries;
        this.batches = batches;
        this.events = events;
        this.meters = meters;
        this.clock = clock;
    }

    /** @param lost the restoration from a backup that makes everything open of the run doubtful, if there is one */
    Uni<Void> relieve(BatchHold hold, Optional<Restoration> lost) {
        if (hold.epoch() == 1) {
            if (lost.isPresent()) {
                return doubt(hold, lost.get()).chain(() -> look(hold));
            }
            hold.moved(hold.batch().members(), DeliveryState.PENDING);
            return Uni.createFrom().voidItem();
        }
        CrashPoint.BATCH_RETAKEN.reach();
        return forestall(hold).chain(() -> stamp(hold)).invoke(CrashPoint.RELIEF_STAMPED::reach).chain(() -> sweep(hold))
                .invoke(CrashPoint.RELIEF_SWEPT::reach)
                .chain(() -> lost.map(restoration -> doubt(hold, restoration)).orElseGet(() -> Uni.createFrom().voidItem()))
                .chain(() -> carryOutOrder(hold)).chain(() -> reoffer(hold))
                .invoke(CrashPoint.RELIEF_REOFFERED::reach).chain(() -> look(hold));
    }

    /** Once a restoration: what is open later was ordered by an operator, who knew. */
    private Uni<Void> doubt(BatchHold hold, Restoration restoration) {
        if (Long.valueOf(restoration.generation()).equals(hold.batch().doubted())) {
            return Uni.createFrom().voidItem();
        }
        return deliveries.modified(DeliveryRules.doubtBatch(hold.id(), hold.batch().members(), Restoration.REASON, clock.now()))
                .invoke(doubtful -> meters.moved(hold.channel(), DeliveryState.IN_DOUBT, doubtful))
                .chain(() -> batches.won(BatchRules.doubtedUnder(hold.id(), hold.epoch(), restoration.generation()))).invoke(won -> {
                    if (!won) {
                        hold.lose();
                    }
                }).replaceWithVoid();
    }

    private Uni<Void> look(BatchHold hold) {
        return deliveries.standing(hold.batch().members())
                .invoke(found -> found.forEach(member -> hold.moved(List.of(member.id()), member.state()))).replaceWithVoid();
    }

    private Uni<Long> stamp(BatchHold hold) {
        return deliveries.modified(DeliveryRules.stamp(hold.id(), hold.batch().members(), hold.epoch()));
    }

    private Uni<Long> sweep(BatchHold hold) {
        return deliveries.modified(DeliveryRules.sweep(hold.id(), hold.batch().members(), hold.epoch(), clock.now())).invoke(doubtful -> {
            meters.moved(hold.channel(), DeliveryState.IN_DOUBT, doubtful);
            if (doubtful > 0 || leftBehind(hold.batch())) {
                events.noteSoon(RunEventDocument.batchTakenOver(hold.batch().run(), hold.id(), hold.epoch(), doubtful, clock.now()));
            }
            if (doubtful > 0) {
                LOG.warnf("in_doubt n=%d batch=%s run=%s epoch=%d: claimed by an owner who lost the lease, never sent again unless an "
                        + "operator or the campaign's onDoubt orders it", doubtful, hold.id(), hold.batch().run(), hold.epoch());
            }
        });
    }

    /** Begun by somebody who died or stopped; not one that waited for its time or was opened again by an operator's order. */
    private static boolean leftBehind(BatchDocument before) {
        return before.state() == BatchState.LEASED || before.notBefore() == null && before.order() == null;
    }

    private Uni<Void> forestall(BatchHold hold) {
        BatchDocument.Order order = hold.batch().order();
        return order == null
                ? Uni.createFrom().voidItem()
                : deliveries.modified(DeliveryRules.forestall(hold.id(), ordered(hold, order), order.from(), hold.epoch()))
                        .replaceWithVoid();
    }

    private static List<String> ordered(BatchHold hold, BatchDocument.Order order) {
        return order.deliveries() == null ? hold.batch().members() : order.deliveries();
    }

    private Uni<Void> carryOutOrder(BatchHold hold) {
        BatchDocument.Order order = hold.batch().order();
        if (order == null) {
            return Uni.createFrom().voidItem();
        }
        List<String> members = ordered(hold, order);
        return deliveries.modified(DeliveryRules.reopen(hold.id(), members, order.from(), hold.epoch(), clock.now()))
                .invoke(CrashPoint.ORDER_REOPENED::reach)
                .chain(() -> order.from().contains(DeliveryState.FAILED) ? reopenSaidFailed(hold, members) : Uni.createFrom().item(0L))
                .chain(() -> batches.won(BatchRules.orderDone(hold.id(), hold.epoch()))).invoke(won -> {
                    CrashPoint.ORDER_TAKEN_OFF.reach();
                    if (!won) {
                        hold.lose();
                    }
                }).replaceWithVoid();
    }

    private Uni<Long> reopenSaidFailed(BatchHold hold, List<String> members) {
        return deliveries.modified(DeliveryRules.reopenSaidFailed(hold.id(), members, hold.epoch(), clock.now())).invoke(marked -> {
            if (marked > 0) {
                LOG.warnf("tries n=%d again batch=%s run=%s epoch=%d that were in doubt and failed by an operator's word: some may arrive "
                        + "twice", marked, hold.id(), hold.batch().run(), hold.epoch());
            }
        });
    }

    private Uni<Void> reoffer(BatchHold hold) {
        return deliveries.modified(DeliveryRules.reoffer(hold.id(), hold.batch().members(), hold.epoch(), clock.now())).replaceWithVoid();
    }
}
