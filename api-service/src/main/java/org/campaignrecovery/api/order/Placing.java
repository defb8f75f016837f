package org.campaignrecovery.api.order;

import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.recovery.CampaignBatchPublisher;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.campaign.CampaignTransitions;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.run.RunRules;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Brings the order that stands in a run to its batches: to those with members concerned, one at a time; passes over the others; and says so
 * in the run. May be repeated by anybody at any time: a batch takes the order of a round once, and none once the order is placed.
 */
@ApplicationScoped
class Placing {
    private static final Logger LOG = Logger.getLogger(Placing.class);

    private final OrderedRunRepository runs;
    private final OrderedBatchRepository batches;
    private final ConcernedRepository deliveries;
    private final CampaignBatchPublisher publisher;
    private final CampaignTransitions audit;
    private final LedgerClock clock;

    Placing(OrderedRunRepository runs, OrderedBatchRepository batches, ConcernedRepository deliveries, CampaignBatchPublisher publisher,
            CampaignTransitions audit, LedgerClock clock) {
        this.runs = runs;
        this.batches = batches;
        this.deliveries = deliveries;
        this.publisher = publisher;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param run with an order, as it was read after the order was written */
    Uni<Void> place(RunDocument run) {
        return audit.append(entry(run)).chain(() -> place(orders(run))).call(() -> batches.passOver(run.id, run.round))
                .chain(placed -> runs.won(RunRules.placed(run.id, run.round))
                        .invoke(won -> {
                            if (won) {
                                LOG.infof("placed order run=%s round=%d batches=%d", run.id, run.round, placed);
                            }
                        }))
                .replaceWithVoid();
    }

    /** Of a name of its own, so that it stands there once however often the order is placed. */
    private static AuditDocument entry(RunDocument run) {
        boolean doubt = run.order.from().contains(DeliveryState.IN_DOUBT);
        String what = "run %s: %s again %s".formatted(run.id, doubt ? "send what is in doubt" : "try what has failed",
                run.order.deliveries() == null ? "(all)" : "(%d messages)".formatted(run.order.deliveries().size()));
        return new AuditDocument(run.id + ":order:" + run.round, run.campaignId, run.order.who(), run.order.at(), null, null,
                run.order.why() == null ? what : what + ": " + run.order.why());
    }

    private record BatchOrder(String batch, BatchDocument.Order order) {
    }

    private Multi<BatchOrder> orders(RunDocument run) {
        List<DeliveryState> from = run.order.from();
        if (run.order.deliveries() == null) {
            return deliveries.sendableBatches(run.id, from)
                    .map(batch -> new BatchOrder(batch, new BatchDocument.Order(run.round, from, null)));
        }
        return deliveries.sendableAmong(run.order.deliveries(), run.id, from).toMulti()
                .flatMap(byBatch -> Multi.createFrom().iterable(byBatch.entrySet()))
                .map(entry -> new BatchOrder(entry.getKey(), new BatchDocument.Order(run.round, from,
                        entry.getValue().stream().map(ConcernedRepository.Concerned::id).toList())));
    }

    private Uni<Long> place(Multi<BatchOrder> orders) {
        return orders.onItem().transformToUniAndConcatenate(one -> batches.order(one.batch, one.order, clock.now()).invoke(won -> {
            if (won) {
                ring(one.batch);
            }
        })).filter(won -> won).collect().with(Collectors.counting());
    }

    /** Nobody waits for it: workers find the batch in the ledger too. */
    private void ring(String batch) {
        publisher.publish(batch).subscribe().with(done -> LOG.debugf("rang batch=%s", batch),
                failure -> LOG.debugf("could not ring batch=%s (%s): workers find it in the ledger", batch, failure.getMessage()));
    }
}
