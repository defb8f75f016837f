package org.campaignrecovery.worker.permit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * A fixed number of permits, given out without blocking a thread: in turns among those in whose name they are asked for, and for each in the
 * order of asking.
 */
public final class Permits {
    private static final String NOBODY = "";

    private final int total;
    /** By name, and the names in the order of their turns. */
    private final Map<String, Set<Waiter>> waiting = new LinkedHashMap<>();
    private final Map<Waiter, Runnable> listening = new HashMap<>();
    private int free;
    /** Somebody is serving waiters: whoever gives back meanwhile, perhaps from within, leaves the next waiter to that one. */
    private boolean serving;

    public Permits(int total) {
        if (total < 1) {
            throw new IllegalArgumentException("at least one permit is needed, not " + total);
        }
        this.total = total;
        this.free = total;
    }

    /** Waits for a permit. A caller who stops waiting loses none. */
    public Uni<Permit> acquire() {
        return acquire(NOBODY, null);
    }

    /**
     * As {@link #acquire()}.
     *
     * @param name whose turn it takes
     * @param queueMoves null, or called now and then as long as the caller waits for good reason: another one got a permit, or {@link #waitOn} said so
     */
    public Uni<Permit> acquire(String name, Runnable queueMoves) {
        return Uni.createFrom().<Permit>emitter(emitter -> {
            Waiter waiter = new Waiter(name, emitter);
            enqueue(waiter, queueMoves);
            emitter.onTermination(() -> forget(waiter));
            serve();
        }).invoke(permit -> permit.arrived = true);
    }

    /** Tells those who wait that they do so for good reason: one who has a permit gets on, if slowly. */
    public void waitOn() {
        List<Runnable> told;
        synchronized (this) {
            told = List.copyOf(listening.values());
        }
        told.forEach(Runnable::run);
    }

    public int total() {
        return total;
    }

    public synchronized int inUse() {
        return total - free;
    }

    private synchronized void enqueue(Waiter waiter, Runnable queueMoves) {
        waiting.computeIfAbsent(waiter.name, name -> new LinkedHashSet<>()).add(waiter);
        if (queueMoves != null) {
            listening.put(waiter, queueMoves);
        }
    }

    private synchronized void forget(Waiter waiter) {
        waiting.computeIfPresent(waiter.name, (name, waiters) -> {
            waiters.remove(waiter);
            return waiters.isEmpty() ? null : waiters;
        });
        listening.remove(waiter);
    }

    /** One after the other and never from within itself, so that a chain of waiters needs no stack. */
    private void serve() {
        Waiter next = nextToServe(false);
        try {
            for (; next != null; next = nextToServe(true)) {
                grant(next);
                waitOn();
            }
        } finally {
            if (next != null) {
                stopServing();
            }
        }
    }

    /** A waiter broke the round; the next one who asks or gives back begins another. */
    private synchronized void stopServing() {
        serving = false;
    }

    private synchronized Waiter nextToServe(boolean isServing) {
        if (serving && !isServing) {
            return null;
        }
        serving = free > 0 && !waiting.isEmpty();
        if (!serving) {
            return null;
        }
        Waiter next = waiting.values().iterator().next().iterator().next();
        forget(next);
        endTurn(next.name);
        free--;
        return next;
    }

    /** Its others come after those of everybody else. */
    private void endTurn(String name) {
        Set<Waiter> others = waiting.remove(name);
        if (others != null) {
            waiting.put(name, others);
        }
    }

    /** A waiter that has left in this very moment does not receive it. */
    private void grant(Waiter waiter) {
        Permit permit = new Permit();
        try {
            waiter.emitter.complete(permit);
        } finally {
            if (!permit.arrived) {
                permit.release();
            }
        }
    }

    private synchronized void giveBack() {
        free++;
    }

    /** By identity. */
    private static final class Waiter {
        private final String name;
        private final UniEmitter<? super Permit> emitter;

        Waiter(String name, UniEmitter<? super Permit> emitter) {
            this.name = name;
            this.emitter = emitter;
        }
    }

    /** The right to one; given back once, however often it is released. */
    public final class Permit {
        private final AtomicBoolean released = new AtomicBoolean();
        private volatile boolean arrived;

        public void release() {
            if (released.compareAndSet(false, true)) {
                giveBack();
                serve();
            }
        }
    }
}
