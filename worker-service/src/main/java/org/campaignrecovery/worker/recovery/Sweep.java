package org.campaignrecovery.worker.recovery;

import java.util.List;

import org.campaignrecovery.ledger.run.RunDocument;

import io.smallrye.mutiny.Uni;

/** One kind of work that may lie about. */
interface Sweep {

    /** @param active the runs that may need a worker, just read */
    Uni<Void> sweep(List<RunDocument> active);

    /** The ledger could not be read: what was observed before says nothing about now. */
    default void gap() {
    }
}
