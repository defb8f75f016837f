package org.campaignrecovery.worker.batch;

import org.campaignrecovery.ledger.batch.BatchDocument;

/** Leases without having taken them. */
public final class TestHolds {
    private TestHolds() {
    }

    public static BatchHold of(BatchDocument batch, long epoch) {
        return new BatchHold(batch, epoch, System.nanoTime());
    }
}
