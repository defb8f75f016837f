package org.campaignrecovery.ledger.evidence;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;

/** The batches, as far as evidence concerns them. */
@ApplicationScoped
class EvidencedBatchRepository implements GuardedRepository<BatchDocument> {
}
