package org.campaignrecovery.ledger.audience;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.guard.GuardedRepository;

import io.smallrye.mutiny.Uni;

/** The stored lists of customer ids. */
@ApplicationScoped
public class SegmentPartRepository implements GuardedRepository<SegmentDocument> {

    /** The n-th part of a segment, or null behind its end. */
    public Uni<SegmentDocument> part(String segment, int n) {
        return byId(SegmentDocument.partId(segment, n));
    }
}
