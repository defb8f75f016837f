package org.campaignrecovery.worker.batch;

import java.time.Duration;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.model.lease.ProgressDeadline;

/** Leases without having taken them. */
public final class TestHolds {
    private TestHolds() {
    }

    public static BatchHold of(BatchDocument batch, long epoch) {
        return new BatchHold(batch, epoch, new ProgressDeadline(Duration.ofMinutes(1), System.nanoTime()));
    }
}
