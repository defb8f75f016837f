package org.campaignrecovery.api.erasure;

import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.evidence.EvidenceRepository;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.evidence.EvidenceRules;

import io.smallrye.mutiny.Uni;

/**
 * Takes a customer's deliveries of one batch out of the hands of whoever has them, and the personal data out of them. Behind the batch's
 * owner's back, as late evidence comes: announced on the batch before and said to be written after, so that it is counted again.
 */
@ApplicationScoped
class Anonymising {
    private final ErasedDeliveryRepository deliveries;
    private final ErasedBatchRepository batches;
    private final EvidenceRepository evidence;
    private final LedgerClock clock;

    Anonymising(ErasedDeliveryRepository deliveries, ErasedBatchRepository batches, EvidenceRepository evidence, LedgerClock clock) {
        this.deliveries = deliveries;
        this.batches = batches;
        this.evidence = evidence;
        this.clock = clock;
    }

    /**
     * What is being sent, or moved between our look and our update, is left. The evidence goes first, as a delivery that is anonymised is not
     * found again; and once more, for what came in meanwhile.
     */
    Uni<Tally> anonymise(String customer, String batch, List<Trace> traces) {
        List<String> all = traces.stream().map(Trace::id).toList();
        return evidence.modified(EvidenceRules.anonymise(all)).chain(() -> cancelWaiting(batch, traces))
                .chain(cancelled -> anonymiseClosed(all).call(() -> evidence.modified(EvidenceRules.anonymise(all)))
                        .chain(closed -> deliveries.of(customer, all)
                                .map(left -> Tally.ofDeliveries(closed, cancelled, left.size()))));
    }

    private Uni<Long> anonymiseClosed(Collection<String> ids) {
        return deliveries.modified(DeliveryRules.anonymise(ids, clock.now()));
    }

    private Uni<Long> cancelWaiting(String batch, List<Trace> traces) {
        List<String> waiting = traces.stream()
                .filter(trace -> trace.state() == DeliveryState.PENDING || trace.state() == DeliveryState.RETRY_WAIT).map(Trace::id)
                .toList();
        return waiting.isEmpty()
                ? Uni.createFrom().item(0L)
                : batches.won(BatchRules.announceLate(batch))
                        .chain(there -> deliveries
                                .modified(DeliveryRules.cancelAnonymised(waiting, DeliveryDocument.ERASED, clock.now()))
                                .call(() -> there ? batches.won(BatchRules.lateWritten(batch)) : Uni.createFrom().voidItem()));
    }
}
