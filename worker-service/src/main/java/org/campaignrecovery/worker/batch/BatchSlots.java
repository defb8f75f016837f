package org.campaignrecovery.worker.batch;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.channel.Channel;

import io.smallrye.mutiny.Uni;

/** What this process leases, and how much of it: see {@link ChannelSlots}. */
@ApplicationScoped
public class BatchSlots {
    /** Why a batch needs a slot: how far beyond the usual number a process goes for it. */
    enum Need {
        /** Nobody has begun it; it can wait for whoever has a slot. */
        NEW,
        /** Its run is over: there is nothing to send. */
        OVER,
        /** Begun, and given back: one more. All of them at once would leave nothing to the workers that come instead. */
        GIVEN_BACK,
        /** Its owner died over it. */
        OWNER_DIED
    }

    private final Map<Channel, ChannelSlots> slots = new EnumMap<>(Channel.class);
    private final Map<String, BatchHold> held = new ConcurrentHashMap<>();
    private volatile CountDownLatch empty;

    BatchSlots(BatchConfig config) {
        for (Channel channel : Channel.values()) {
            slots.put(channel, new ChannelSlots(config, this::tellIfEmpty));
        }
    }

    /** Of the usual number. */
    int free(Channel channel) {
        return slots.get(channel).free();
    }

    /** As {@link ChannelSlots#room}. */
    public int room(Channel channel, String run) {
        return slots.get(channel).room(run);
    }

    /** As {@link ChannelSlots#take}. */
    Optional<ChannelSlots.Slot> take(Channel channel, String run, Need need) {
        return slots.get(channel).take(run, need);
    }

    /** As {@link ChannelSlots#await}. */
    Uni<ChannelSlots.Slot> await(Channel channel, String run, Need need) {
        return slots.get(channel).await(run, need);
    }

    /** Opens once no slot is taken any more. Those who wait for one get none from now on. */
    CountDownLatch whenEmpty() {
        slots.values().forEach(ChannelSlots::close);
        empty = new CountDownLatch(1);
        tellIfEmpty();
        return empty;
    }

    private void tellIfEmpty() {
        CountDownLatch told = empty;
        if (told != null && slots.values().stream().allMatch(ChannelSlots::isEmpty)) {
            told.countDown();
        }
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
