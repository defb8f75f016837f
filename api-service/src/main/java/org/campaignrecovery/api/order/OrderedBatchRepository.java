package org.campaignrecovery.api.order;

import static org.campaignrecovery.model.guard.Change.assign;

import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.batch.BatchRules;

import io.smallrye.mutiny.Uni;

/** The batches, as far as orders and evidence concern them. */
@ApplicationScoped
class OrderedBatchRepository implements GuardedRepository<BatchDocument> {

    /** Opens a closed batch with an order; false when the order has reached it already. */
    Uni<Boolean> order(String batch, BatchDocument.Order order, Instant now) {
        return won(BatchRules.order(batch, order.round(), now).with(assign("order", order)));
    }

    /** A member of the batch is about to change, or has changed, behind its owner's back. */
    Uni<Boolean> dirty(String batch) {
        return won(BatchRules.dirty(batch));
    }
}
