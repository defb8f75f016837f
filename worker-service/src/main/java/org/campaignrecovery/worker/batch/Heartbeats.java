package org.campaignrecovery.worker.batch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.ledger.loop.Loops;
import org.campaignrecovery.model.batch.BatchRules;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Shows every couple of seconds that the leases of this process live and where their members stand. A lease whose guard no longer holds is
 * lost; one whose work has made no progress before its deadline gets no heartbeat any more, so that somebody else may try. Time in which
 * the ledger does not answer is no such standstill: whoever sits out an outage keeps its leases.
 */
@ApplicationScoped
class Heartbeats {
    private static final Logger LOG = Logger.getLogger(Heartbeats.class);

    private final BatchSlots slots;
    private final BatchRepository batches;
    private final BatchConfig config;
    private final Loops loops;

    Heartbeats(BatchSlots slots, BatchRepository batches, BatchConfig config, Loops loops) {
        this.loops = loops;
        this.slots = slots;
        this.batches = batches;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        loops.every(config.heartbeatEvery(), this::beatAll, "heartbeats stopped: leases will be taken over");
    }

    private Uni<Void> beatAll() {
        return Multi.createFrom().iterable(slots.held()).onItem().transformToUni(this::beatSafely).merge().collect().asList()
                .replaceWithVoid();
    }

    /** Nothing that goes wrong with one heartbeat may end or long hold up the others. */
    Uni<Void> beatSafely(BatchHold hold) {
        return Uni.createFrom().deferred(() -> beat(hold)).ifNoItem().after(config.heartbeatEvery()).fail().onFailure().invoke(failure -> {
            hold.ledgerIsAway();
            LOG.debugf("batch=%s heartbeat failed: %s", hold.id(), failure.getMessage());
        }).onFailure().recoverWithNull();
    }

    private Uni<Void> beat(BatchHold hold) {
        if (hold.lost() || hold.puttingDown()) {
            return Uni.createFrom().voidItem();
        }
        if (!hold.mayBeat()) {
            LOG.warnf("batch=%s epoch=%d has made no progress for %d s: its heartbeats stop, another worker takes it over", hold.id(),
                    hold.epoch(), config.progressWithin().toSeconds());
            hold.lose();
            return Uni.createFrom().voidItem();
        }
        return batches.won(BatchRules.heartbeat(hold.id(), hold.epoch(), hold.batch().vector(), hold.counts())).invoke(won -> {
            if (!won && !hold.puttingDown()) {
                LOG.warnf("batch=%s epoch=%d was taken over: this process works on it no more", hold.id(), hold.epoch());
                hold.lose();
            }
        }).replaceWithVoid();
    }
}
