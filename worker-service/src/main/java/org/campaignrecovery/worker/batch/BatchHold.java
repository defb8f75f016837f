package org.campaignrecovery.worker.batch;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.trace.Branch;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.lease.ProgressDeadline;

/**
 * A batch that this process leases: its epoch, where its members stand as far as this process knows, and whether the lease was lost. A
 * lost lease never comes back; work stops at the next step. Safe for any thread.
 */
public final class BatchHold {
    private final BatchDocument batch;
    private final long epoch;
    private final Map<String, DeliveryState> standing = new ConcurrentHashMap<>();
    private volatile boolean lost;
    private volatile boolean puttingDown;
    private volatile Runnable whenAllBegun = () -> {
    };
    private final ProgressDeadline deadline;
    private final Branch trace;

    /** One that is not traced. */
    BatchHold(BatchDocument batch, long epoch, ProgressDeadline deadline) {
        this(batch, epoch, deadline, Branch.NONE);
    }

    /**
     * @param batch as it was before it was taken
     * @param trace where it was taken
     */
    BatchHold(BatchDocument batch, long epoch, ProgressDeadline deadline, Branch trace) {
        this.batch = batch;
        this.epoch = epoch;
        this.deadline = deadline;
        this.trace = trace;
    }

    public BatchDocument batch() {
        return batch;
    }

    public String id() {
        return batch.id();
    }

    public Channel channel() {
        return batch.channel();
    }

    public long epoch() {
        return epoch;
    }

    /** Where what is done under this lease hangs. */
    Branch trace() {
        return trace;
    }

    /** Somebody else has the batch, or nobody knows: nothing may be claimed for it any more. */
    public boolean lost() {
        return lost;
    }

    /** This process is putting the batch down: a heartbeat that finds it gone means nothing. */
    void putDown() {
        puttingDown = true;
    }

    /** @param told once everything that there is to do about the batch is under way */
    void whenAllBegun(Runnable told) {
        whenAllBegun = told;
    }

    void allBegun() {
        whenAllBegun.run();
    }

    boolean puttingDown() {
        return puttingDown;
    }

    void lose() {
        lost = true;
    }

    /** Members were seen in, or have moved to, a state. Only what has changed is progress: to look again and again is none. */
    public void moved(Collection<String> members, DeliveryState state) {
        boolean changed = false;
        for (String member : members) {
            changed |= standing.put(member, state) != state;
        }
        if (changed) {
            deadline.progressed(System.nanoTime());
        }
    }

    /** A group waits its turn, by the campaign's rate or behind groups that get on: that is no standstill. */
    public void waitsItsTurn() {
        deadline.progressed(System.nanoTime());
    }

    /** The ledger does not answer: nobody gets on, however good their hands are. Whether the lease outlives that, its guard says. */
    void ledgerIsAway() {
        deadline.progressed(System.nanoTime());
    }

    boolean mayBeat() {
        return deadline.mayBeat(System.nanoTime());
    }

    /** A whole vector over all members; as long as they were not all seen, the one that the batch was taken with. */
    Counts counts() {
        return standing.size() == batch.members().size() ? Counts.ofStates(standing.values()) : batch.vector();
    }
}
