package org.campaignrecovery.worker.batch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;

/**
 * A process that was told to stop takes nothing new, lets its groups end and be recorded, and gives its leases back. It waits for that at
 * most its grace period; what did not end by then is named.
 */
@ApplicationScoped
public class Stopping {
    private static final Logger LOG = Logger.getLogger(Stopping.class);

    private final Instance<BatchSlots> slots;
    private final BatchConfig config;
    private volatile boolean now;
    private volatile long toldNanos;

    Stopping(Instance<BatchSlots> slots, BatchConfig config) {
        this.slots = slots;
        this.config = config;
    }

    /** Whether this process is stopping. */
    public boolean now() {
        return now;
    }

    /** What is left of the grace period once this process is stopping; never less than nothing. */
    public Duration left() {
        Duration left = config.grace().minusNanos(System.nanoTime() - toldNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Runs on the thread of the shutdown, before the clients of the ledger are closed. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        toldNanos = System.nanoTime();
        now = true;
        CountDownLatch empty = slots.get().whenEmpty();
        if (!empty.await(config.grace().toMillis(), TimeUnit.MILLISECONDS)) {
            slots.get().held().forEach(hold -> LOG.warnf(
                    "batch=%s did not end within the grace period: another worker takes it over, what it had claimed will be in doubt",
                    hold.id()));
        }
    }
}
