package org.campaignrecovery.worker.batch;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;

import org.campaignrecovery.worker.delivery.LastCall;
import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;

/**
 * A process that was told to stop takes nothing new, lets its groups end and be recorded, and gives its leases back. It waits for that at
 * most its grace period. Shortly before its end comes the last call: messages whose provider has not answered by then are in doubt and
 * named, so that everything else of their groups is recorded and their leases are given back too.
 */
@ApplicationScoped
public class Stopping {
    private static final Logger LOG = Logger.getLogger(Stopping.class);
    /** For writing down what was given up, and for giving the leases back. */
    private static final Duration LONGEST_AFTER_LAST_CALL = Duration.ofSeconds(4);

    private final Instance<BatchSlots> slots;
    private final BatchConfig config;
    private final LastCall lastCall;
    private volatile boolean now;
    private volatile long toldNanos;

    Stopping(Instance<BatchSlots> slots, BatchConfig config, LastCall lastCall) {
        this.slots = slots;
        this.config = config;
        this.lastCall = lastCall;
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

    private Duration afterLastCall() {
        Duration part = config.grace().dividedBy(4);
        return part.compareTo(LONGEST_AFTER_LAST_CALL) < 0 ? part : LONGEST_AFTER_LAST_CALL;
    }

    /** Runs on the thread of the shutdown, before the clients of the ledger are closed. */
    void stop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        toldNanos = System.nanoTime();
        now = true;
        lastCall.close();
        CountDownLatch empty = slots.get().whenEmpty();
        if (empty.await(config.grace().minus(afterLastCall()).toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        lastCall.call();
        if (!empty.await(left().toMillis(), TimeUnit.MILLISECONDS)) {
            slots.get().held().forEach(hold -> LOG.warnf(
                    "batch=%s did not end within the grace period: another worker takes it over, what it had claimed will be in doubt",
                    hold.id()));
        }
    }
}
