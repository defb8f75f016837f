package org.campaignrecovery.worker.planning;

import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.worker.batch.Stopping;
import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;

/**
 * Waits, after {@link Stopping} has let the batches end, until the plannings of this process have put down their leases too, so that
 * another one goes on at once. Both share one grace period.
 */
@ApplicationScoped
class PlanningStop {
    private static final Logger LOG = Logger.getLogger(PlanningStop.class);

    private final PlannerTaker taker;
    private final Stopping stopping;

    PlanningStop(PlannerTaker taker, Stopping stopping) {
        this.taker = taker;
        this.stopping = stopping;
    }

    /** Before the clients of the ledger are closed. */
    void stop(@Observes @Priority(2) ShutdownEvent event) throws InterruptedException {
        if (!taker.whenEmpty().await(stopping.left().toMillis(), TimeUnit.MILLISECONDS)) {
            taker.held().forEach(hold -> LOG.warnf(
                    "the planning of run=%s did not end within the grace period: another worker takes it over once its lease is dead",
                    hold.run()));
        }
    }
}
