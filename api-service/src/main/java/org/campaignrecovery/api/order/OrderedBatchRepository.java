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

    /** No batch of the run takes an order of this round any more. */
    Uni<Long> passOver(String run, int round) {
        return modified(BatchRules.passedOver(run, round));
    }

    /** Members of the batch are about to change behind its owner's back. */
    Uni<Boolean> announce(String batch) {
        return won(BatchRules.announceLate(batch));
    }

    /** Those members are changed. */
    Uni<Boolean> written(String batch) {
        return won(BatchRules.lateWritten(batch));
    }
}
