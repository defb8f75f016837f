package org.campaignrecovery.worker.audience;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.audience.SegmentDocument;

import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Uni;

/** The stored lists of customer ids. */
@ApplicationScoped
public class SegmentRepository implements ReactivePanacheMongoRepositoryBase<SegmentDocument, String> {

    /** The n-th part of a segment, or null behind its end. */
    public Uni<SegmentDocument> part(String segment, int n) {
        return findById(SegmentDocument.partId(segment, n));
    }
}
