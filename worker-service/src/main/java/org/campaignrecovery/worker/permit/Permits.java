package org.campaignrecovery.worker.permit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** A fixed number of permits, given out in the order of asking, without blocking a thread. */
public final class Permits {
    private final int total;
    private final Deque<Waiter> waiting = new ArrayDeque<>();
    private int free;

    public Permits(int total) {
        if (total < 1) {
            throw new IllegalArgumentException("at least one permit is needed, not " + total);
        }
        this.total = total;
        this.free = total;
    }

    /** Waits for a permit. A caller who stops waiting loses none. */
    public Uni<Permit> acquire() {
        return Uni.createFrom().emitter(emitter -> {
            Waiter waiter = new Waiter(emitter);
            emitter.onTermination(() -> forget(waiter));
            if (enqueueUnlessFree(waiter)) {
                return;
            }
            emitter.complete(new Permit());
        });
    }

    public synchronized int inUse() {
        return total - free;
    }

    private synchronized boolean enqueueUnlessFree(Waiter waiter) {
        if (free > 0 && waiting.isEmpty()) {
            free--;
            return false;
        }
        waiting.add(waiter);
        return true;
    }

    private synchronized void forget(Waiter waiter) {
        waiting.remove(waiter);
    }

    private void giveBack() {
        Waiter next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free++;
                return;
            }
        }
        next.emitter.complete(new Permit());
    }

    private record Waiter(UniEmitter<? super Permit> emitter) {
    }

    /** The right to one; given back once, however often it is released. */
    public final class Permit {
        private final AtomicBoolean released = new AtomicBoolean();

        public void release() {
            if (released.compareAndSet(false, true)) {
                giveBack();
            }
        }
    }
}
