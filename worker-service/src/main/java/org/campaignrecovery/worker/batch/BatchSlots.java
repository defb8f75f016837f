package org.campaignrecovery.worker.batch;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.channel.Channel;

/** What this process leases. Each channel has a number of slots, and more that only what somebody began and did not end may take. */
@ApplicationScoped
public class BatchSlots {
    /** Why a batch needs a slot: how far beyond the usual number a process goes for it. */
    enum Need {
        /** Nobody has begun it; it can wait for whoever has a slot. */
        NEW,
        /** Begun, and given back: one more. All of them at once would leave nothing to the workers that come instead. */
        GIVEN_BACK,
        /** Its owner died over it. */
        OWNER_DIED
    }

    private final int perChannel;
    private final int rescues;
    private final Map<Channel, Integer> taken = new EnumMap<>(Channel.class);
    private CountDownLatch empty;
    private final Map<String, BatchHold> held = new ConcurrentHashMap<>();

    BatchSlots(BatchConfig config) {
        this.perChannel = config.slots();
        this.rescues = config.rescueSlots();
    }

    public synchronized int free(Channel channel) {
        return perChannel - taken.getOrDefault(channel, 0);
    }

    /** Whether the slot is free that is kept for what was begun and given back. */
    public synchronized boolean canRescue(Channel channel) {
        return free(channel) >= 0;
    }

    synchronized boolean hasRoom(Channel channel, Need need) {
        int more = switch (need) {
            case NEW -> 0;
            case GIVEN_BACK -> 1;
            case OWNER_DIED -> rescues;
        };
        return free(channel) + more > 0;
    }

    synchronized boolean take(Channel channel, Need need) {
        if (!hasRoom(channel, need)) {
            return false;
        }
        taken.merge(channel, 1, Integer::sum);
        return true;
    }

    synchronized void giveBack(Channel channel) {
        taken.merge(channel, -1, Integer::sum);
        if (empty != null && nothingTaken()) {
            empty.countDown();
        }
    }

    /** Opens once no slot is taken any more. */
    synchronized CountDownLatch whenEmpty() {
        empty = new CountDownLatch(nothingTaken() ? 0 : 1);
        return empty;
    }

    private boolean nothingTaken() {
        return taken.values().stream().allMatch(number -> number == 0);
    }

    void hold(BatchHold hold) {
        held.put(hold.id(), hold);
    }

    void drop(BatchHold hold) {
        held.remove(hold.id(), hold);
    }

    public boolean holds(String batchId) {
        return held.containsKey(batchId);
    }

    Collection<BatchHold> held() {
        return held.values();
    }
}
