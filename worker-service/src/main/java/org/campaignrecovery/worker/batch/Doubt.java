package org.campaignrecovery.worker.batch;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.delivery.OnDoubt;
import org.campaignrecovery.worker.delivery.DeliveryRepository;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/** Sends again, once and marked, what is in doubt in the batches of a campaign that wants that; under their leases. */
@ApplicationScoped
class Doubt {
    private static final Logger LOG = Logger.getLogger(Doubt.class);

    private final DeliveryRepository deliveries;
    private final Continuity continuity;
    private final LedgerClock clock;

    Doubt(DeliveryRepository deliveries, Continuity continuity, LedgerClock clock) {
        this.deliveries = deliveries;
        this.continuity = continuity;
        this.clock = clock;
    }

    /** Whatever the campaign wants, what is in doubt since a restoration from a backup is left to an operator: it may be all of it. */
    OnDoubt policy(RunContent run) {
        OnDoubt wanted = run.frozen().delivery().onDoubt();
        return wanted == null || continuity.doubts(run.scheduledFor()).isPresent() ? OnDoubt.HOLD : wanted;
    }

    /** Before anything is worked on: what may be sent again passes to this lease. */
    Uni<Void> adopt(BatchHold hold, RunContent run) {
        return policy(run) == OnDoubt.HOLD || hold.epoch() == 1
                ? Uni.createFrom().voidItem()
                : deliveries.modified(DeliveryRules.adoptDoubt(hold.id(), hold.batch().members(), hold.epoch())).replaceWithVoid();
    }

    Uni<Void> resend(BatchHold hold, List<String> ids) {
        return deliveries.modified(DeliveryRules.resend(hold.id(), ids, hold.epoch(), clock.now())).invoke(resent -> {
            LOG.warnf("resends n=%d in doubt batch=%s run=%s epoch=%d, as its campaign's onDoubt says: some may arrive twice", resent,
                    hold.id(), hold.batch().run(), hold.epoch());
            hold.moved(ids, DeliveryState.PENDING);
        }).replaceWithVoid();
    }
}
