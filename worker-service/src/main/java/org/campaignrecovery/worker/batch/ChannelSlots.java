package org.campaignrecovery.worker.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.campaignrecovery.worker.batch.BatchSlots.Need;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;

/**
 * The slots of one channel in this process. There is a usual number; beyond it, some that only what somebody began may take, and some for
 * runs that have none here, so that a campaign that is large or slow keeps nobody waiting. A run gets another one for what nobody has begun
 * only when all messages of those it has are under way: what this process could not send yet is left to the others. Of those who wait, what
 * was begun is served first, then the run that has the fewest slots, then the one that was served longest ago. Safe for any thread.
 */
final class ChannelSlots {
    private static final Comparator<Waiter> IN_TURN = Comparator.<Waiter, Need>comparing(waiter -> waiter.need).reversed()
            .thenComparingInt(waiter -> waiter.share.slots).thenComparingLong(waiter -> waiter.share.servedAt);

    private final int usual;
    private final int rescues;
    private final int newcomers;
    private final Runnable givenBack;
    /** Of the runs that have a slot or wait for one. */
    private final Map<String, Share> shares = new HashMap<>();
    /** In the order of asking. */
    private final List<Waiter> waiting = new ArrayList<>();
    private int taken;
    private int takenByNewcomers;
    private long served;
    private boolean closed;

    /** @param givenBack told after a slot has come back */
    ChannelSlots(BatchConfig config, Runnable givenBack) {
        this.usual = config.slots();
        this.rescues = config.rescueSlots();
        this.newcomers = config.newcomerSlots();
        this.givenBack = givenBack;
    }

    synchronized int free() {
        return usual - taken;
    }

    /** How many batches of the run could be taken up one after the other, as soon as what there is of each is under way. */
    synchronized int room(String run) {
        return Math.max(free(), hasRoom(run, Need.GIVEN_BACK) ? 1 : 0);
    }

    synchronized boolean isEmpty() {
        return taken == 0 && takenByNewcomers == 0;
    }

    /** Empty when there is none. */
    synchronized Optional<Slot> take(String run, Need need) {
        return hasRoom(run, need) ? Optional.of(grant(run, need)) : Optional.empty();
    }

    /** Waits for a slot; for ever once the process stops. A caller who stops waiting before being served loses none. */
    Uni<Slot> await(String run, Need need) {
        return Uni.createFrom().<Slot>emitter(emitter -> {
            Waiter waiter = enqueue(run, need, emitter);
            emitter.onTermination(() -> forget(waiter));
            serve();
        }).invoke(slot -> slot.arrived = true);
    }

    /** Serves nobody any more who waits. */
    synchronized void close() {
        closed = true;
    }

    private boolean hasRoom(String run, Need need) {
        Share share = shares.get(run);
        boolean newcomer = share == null || share.slots == 0;
        boolean enough = need == Need.NEW && share != null && share.toBegin > 0;
        return taken < usual + beyondTheUsual(need) && !enough || takenByNewcomers < newcomers && newcomer;
    }

    private int beyondTheUsual(Need need) {
        return switch (need) {
            case NEW, OVER -> 0;
            case GIVEN_BACK -> 1;
            case OWNER_DIED -> rescues;
        };
    }

    private Slot grant(String run, Need need) {
        boolean newcomer = taken >= usual + beyondTheUsual(need);
        if (newcomer) {
            takenByNewcomers++;
        } else {
            taken++;
        }
        Share share = share(run);
        share.slots++;
        share.toBegin++;
        share.servedAt = ++served;
        return new Slot(share, newcomer);
    }

    private Share share(String run) {
        return shares.computeIfAbsent(run, Share::new);
    }

    private synchronized Waiter enqueue(String run, Need need, UniEmitter<? super Slot> emitter) {
        Waiter waiter = new Waiter(share(run), need, emitter);
        waiter.share.waiters++;
        waiting.add(waiter);
        return waiter;
    }

    private synchronized void forget(Waiter waiter) {
        if (waiting.remove(waiter)) {
            waiter.share.waiters--;
            waiter.share.forgetIfIdle();
        }
    }

    /** On threads of their own: what one does with a slot, perhaps giving it back at once, is no part of what the one before did. */
    private void serve() {
        for (Optional<Served> next = nextToServe(); next.isPresent(); next = nextToServe()) {
            Infrastructure.getDefaultExecutor().execute(next.get()::arrive);
        }
    }

    private synchronized Optional<Served> nextToServe() {
        return waiting.stream().filter(waiter -> !closed && hasRoom(waiter.share.run, waiter.need)).min(IN_TURN).map(waiter -> {
            forget(waiter);
            return new Served(waiter, grant(waiter.share.run, waiter.need));
        });
    }

    private record Served(Waiter waiter, Slot slot) {

        /** A waiter that has left in this very moment does not receive it. */
        void arrive() {
            try {
                waiter.emitter.complete(slot);
            } finally {
                if (!slot.arrived) {
                    slot.giveBack();
                }
            }
        }
    }

    private synchronized void begun(Slot slot) {
        slot.share.toBegin--;
    }

    private synchronized void takeBack(Slot slot) {
        if (slot.newcomer) {
            takenByNewcomers--;
        } else {
            taken--;
        }
        slot.share.slots--;
        slot.share.forgetIfIdle();
    }

    /** What one run has and wants. */
    private final class Share {
        private final String run;
        private int slots;
        /** Those of them of whose batches not everything is under way. */
        private int toBegin;
        private int waiters;
        private long servedAt;

        Share(String run) {
            this.run = run;
        }

        private void forgetIfIdle() {
            if (slots == 0 && waiters == 0) {
                shares.remove(run);
            }
        }
    }

    /** By identity. */
    private static final class Waiter {
        private final Share share;
        private final Need need;
        private final UniEmitter<? super Slot> emitter;

        Waiter(Share share, Need need, UniEmitter<? super Slot> emitter) {
            this.share = share;
            this.need = need;
            this.emitter = emitter;
        }
    }

    /** The right to work on one batch; given back once, however often that is said. */
    final class Slot {
        private final Share share;
        private final boolean newcomer;
        private final AtomicBoolean begun = new AtomicBoolean();
        private final AtomicBoolean back = new AtomicBoolean();
        private volatile boolean arrived;

        private Slot(Share share, boolean newcomer) {
            this.share = share;
            this.newcomer = newcomer;
        }

        /** Everything that there is to do about its batch is under way: its run may have another one. */
        void allBegun() {
            if (begun.compareAndSet(false, true)) {
                begun(this);
                serve();
            }
        }

        void giveBack() {
            if (back.compareAndSet(false, true)) {
                allBegun();
                takeBack(this);
                givenBack.run();
                serve();
            }
        }
    }
}
