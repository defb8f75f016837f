package org.campaignrecovery.model.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which leases are dead, from what one process sees of them: the same epoch and heartbeat from the <em>reply</em> of the first read
 * to the <em>issue</em> of the last for at least {@code deadAfter}, on the observer's own monotonic clock. Whatever the reads took, the
 * owner has then been silent for that long.
 *
 * <p>A failed read, or more than {@code maxGap} from one reply to the next, starts every observation anew: what froze the observer, or the
 * database, may have kept the owners from their heartbeats too. A lease that is no longer listed is forgotten. A verdict deposes nobody;
 * the takeover's guard names the epoch and heartbeat that were seen. For one thread.
 *
 * @param <K> what identifies a lease
 */
public final class LeaseObserver<K> {
    private final long deadAfterNanos;
    private final long maxGapNanos;
    private Map<K, Observation<K>> observations = new HashMap<>();
    private boolean started;
    private long lastReplyNanos;

    /** A lease as it was read. */
    public record Lease<K>(K key, long epoch, long hb) {
    }

    private record Observation<K>(Lease<K> lease, long firstReplyNanos) {
    }

    public LeaseObserver(Duration deadAfter, Duration maxGap) {
        this.deadAfterNanos = deadAfter.toNanos();
        this.maxGapNanos = maxGap.toNanos();
    }

    /**
     * One pass of the observer's loop.
     *
     * @param issuedAtNanos {@code System.nanoTime()} before the read was issued
     * @param repliedAtNanos the same after its last answer
     * @param leases every lease that is held, as read
     * @return those that are dead, as seen, in the order of {@code leases}; again with every pass until something happens to them
     */
    public List<Lease<K>> pass(long issuedAtNanos, long repliedAtNanos, Collection<Lease<K>> leases) {
        if (started && repliedAtNanos - lastReplyNanos > maxGapNanos) {
            observations.clear();
        }
        started = true;
        lastReplyNanos = repliedAtNanos;
        Map<K, Observation<K>> current = new HashMap<>();
        List<Lease<K>> dead = new ArrayList<>();
        for (Lease<K> lease : leases) {
            Observation<K> known = observations.get(lease.key());
            Observation<K> observation = known != null && known.lease.equals(lease) ? known : new Observation<>(lease, repliedAtNanos);
            current.put(lease.key(), observation);
            if (issuedAtNanos - observation.firstReplyNanos >= deadAfterNanos) {
                dead.add(lease);
            }
        }
        observations = current;
        return dead;
    }

    /** The read of a pass failed: nothing is known of the time before the next one. */
    public void failed() {
        observations.clear();
    }
}
