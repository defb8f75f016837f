package org.campaignrecovery.ledger.loop;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * What a process does again and again as long as it lives. Each loop is one of its own: a turn that takes long holds up no other loop, and
 * turns that it overruns are left out. They end with the process, behind those observers of its end that have a priority, which may lean on
 * them until then.
 */
@ApplicationScoped
public class Loops {
    private static final Logger LOG = Logger.getLogger(Loops.class);

    private final List<Cancellable> loops = new CopyOnWriteArrayList<>();

    /**
     * Begins at once.
     *
     * @param work one turn; what can go wrong in it, it recovers from itself
     * @param lack what an operator must know when a turn has failed after all, which ends the loop
     */
    public void every(Duration pause, Supplier<Uni<Void>> work, String lack) {
        loops.add(Multi.createFrom().ticks().every(pause).onOverflow().drop().onItem().transformToUniAndConcatenate(tick -> work.get())
                .subscribe().with(ignored -> LOG.trace("a turn"), failure -> LOG.error(lack, failure)));
    }

    void stop(@Observes ShutdownEvent event) {
        loops.forEach(Cancellable::cancel);
    }
}
