package org.campaignrecovery.model.lease;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says whether work that holds a lease may still show a heartbeat: only while it gets on. A live heart with dead hands would keep the lease
 * from everybody for ever. Work that gets on again may beat again; whether the lease is still its own, the heartbeat's guard says.
 * Thread-safe: work reports from its threads, the heartbeat asks from another.
 */
public final class ProgressDeadline {
    private final long limitNanos;
    private final AtomicLong lastProgressNanos;

    /**
     * @param limit the longest time without progress
     * @param nowNanos {@code System.nanoTime()}: taking the lease is progress
     */
    public ProgressDeadline(Duration limit, long nowNanos) {
        this.limitNanos = limit.toNanos();
        this.lastProgressNanos = new AtomicLong(nowNanos);
    }

    /** The work has got on. Reports may come in any order; the latest time counts. */
    public void progressed(long nowNanos) {
        lastProgressNanos.accumulateAndGet(nowNanos, (a, b) -> b - a > 0 ? b : a);
    }

    /** @return {@code System.nanoTime()} of the latest progress */
    public long lastProgressNanos() {
        return lastProgressNanos.get();
    }

    public boolean mayBeat(long nowNanos) {
        return nowNanos - lastProgressNanos.get() < limitNanos;
    }
}
