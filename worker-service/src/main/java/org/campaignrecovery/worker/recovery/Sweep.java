package org.campaignrecovery.worker.recovery;

import java.util.List;
import java.util.function.Function;

import org.campaignrecovery.ledger.run.RunDocument;
import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Counter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** One kind of work that may lie about. */
interface Sweep {
    Logger LOG = Logger.getLogger(Sweep.class);

    /** @param active the runs that may need a worker, just read */
    Uni<Void> sweep(List<RunDocument> active);

    /** Does something for each in turn. A failure of one is left to the next sweep: it keeps nobody from the others. */
    static <T> Uni<Void> forEach(Iterable<T> items, Function<T, Uni<?>> action) {
        return Multi.createFrom().iterable(items).onItem().transformToUniAndConcatenate(item -> Uni.createFrom().deferred(() -> action
                .apply(item).replaceWithVoid()).onFailure()
                .invoke(failure -> LOG.debugf("the next sweep tries %s again: %s", item, failure.getMessage())).onFailure()
                .recoverWithNull())
                .collect().asList().replaceWithVoid();
    }

    static void count(Counter counter, boolean done) {
        counter.increment(done ? 1 : 0);
    }

    /** The ledger could not be read: what was observed before says nothing about now. */
    default void gap() {
    }
}
