package org.campaignrecovery.model.batch;

import static org.campaignrecovery.model.batch.BatchState.DONE;
import static org.campaignrecovery.model.batch.BatchState.LEASED;
import static org.campaignrecovery.model.batch.BatchState.READY;
import static org.campaignrecovery.model.guard.Change.add;
import static org.campaignrecovery.model.guard.Change.assign;
import static org.campaignrecovery.model.guard.Change.remove;
import static org.campaignrecovery.model.guard.Condition.equal;
import static org.campaignrecovery.model.guard.Condition.less;
import static org.campaignrecovery.model.guard.Condition.oneOf;
import static org.campaignrecovery.model.guard.GuardedUpdate.where;

import java.time.Instant;
import java.util.List;

import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.accounting.SentSpan;
import org.campaignrecovery.model.guard.Change;
import org.campaignrecovery.model.guard.GuardedUpdate;

/**
 * The guarded updates of batches. A lease is (owner, epoch, hb): the epoch rises with each owner, hb with each heartbeat. Fields:
 * {@code _id, state, epoch, owner, hb, notBefore, counts, dirty, at, firstSentAt, lastSentAt, fruitless, parked,
 * announced}.
 */
public final class BatchRules {

    private BatchRules() {
    }

    /**
     * Takes a batch, waiting or of a dead owner, exactly as it was seen: a heartbeat or another taker in between makes this lose. The lease
     * of a dead owner counts as fruitless until its successor, or a hand-back, shows otherwise.
     */
    public static GuardedUpdate take(String id, BatchState seenState, long seenEpoch, long seenHb, String owner, Instant now) {
        GuardedUpdate taken = seen(id, seenState, seenEpoch, seenHb, assign("state", LEASED), assign("epoch", seenEpoch + 1),
                assign("owner", owner), add("hb", 1), assign("at", now), remove("notBefore"));
        return seenState == LEASED ? taken.with(add("fruitless", 1)) : taken;
    }

    /**
     * Puts a batch aside that {@link Parking} says is not to be leased again: nobody's, and offered to nobody. Exactly as it was seen; it
     * beats once, so that whoever saw the batch before this loses.
     */
    public static GuardedUpdate park(String id, BatchState seenState, long seenEpoch, long seenHb, Instant now) {
        GuardedUpdate parked = seen(id, seenState, seenEpoch, seenHb, assign("state", READY), assign("parked", true), add("hb", 1),
                assign("at", now), remove("owner"));
        return seenState == LEASED ? parked.with(add("fruitless", 1)) : parked;
    }

    /** An operator gives a parked batch another chance: as many leases as a new one has. */
    public static GuardedUpdate unpark(String id, Instant now) {
        return where(equal("_id", id), equal("state", READY), equal("parked", true)).then(remove("parked"), remove("fruitless"),
                add("hb", 1), assign("at", now), remove("notBefore"));
    }

    /**
     * The owner lives; the whole vector of counts goes along. One that differs from the vector which the lease was taken with is progress:
     * the leases before it were not in vain.
     */
    public static GuardedUpdate heartbeat(String id, long epoch, Counts takenWith, Counts counts) {
        GuardedUpdate beat = held(id, epoch, add("hb", 1), assign("counts", counts.toWire()));
        return counts.equals(takenWith) ? beat : beat.with(remove("fruitless"));
    }

    /**
     * An operator's order opens a closed batch again, once a round: repeated, also long after the batch was worked on, it does nothing.
     * The order itself goes along with it.
     */
    public static GuardedUpdate order(String id, int round, Instant now) {
        return where(equal("_id", id), equal("state", DONE), less("round", round)).then(assign("state", READY), assign("round", round),
                add("hb", 1), assign("at", now), remove("notBefore"));
    }

    /**
     * An operator's order does not concern these batches, or has reached them: they take no order of this round or of one before it any
     * more. Without it whoever was frozen while it placed the order could open, after the run's end, a batch that was concerned when it
     * looked and is not any more; nobody looks for batches of a run that is over, and the next order would not open it.
     */
    public static GuardedUpdate passedOver(String run, int round) {
        return where(equal("run", run), less("round", round)).then(assign("round", round));
    }

    /** Takes an operator's order off once its members were moved, so that it is executed once. */
    public static GuardedUpdate orderDone(String id, long epoch) {
        return held(id, epoch, remove("order"), add("hb", 1));
    }

    /**
     * The ledger was restored from a backup, and what is open of the run's batches is in doubt: an order of before is withdrawn, it may have
     * been carried out. Whoever counts the batch next counts that.
     */
    public static GuardedUpdate doubted(String run, long restoration) {
        return where(equal("run", run), oneOf("state", List.of(READY, LEASED))).then(assign("doubted", restoration), remove("order"),
                add("dirty", 1));
    }

    /** {@link #doubted} of a batch that was made since, by its owner. */
    public static GuardedUpdate doubtedUnder(String id, long epoch, long restoration) {
        return held(id, epoch, assign("doubted", restoration), add("hb", 1));
    }

    /** Only after a read has shown every member closed. */
    public static GuardedUpdate close(String id, long epoch, Counts counts, Instant now) {
        return held(id, epoch, assign("state", DONE), assign("counts", counts.toWire()), assign("at", now), remove("owner"),
                remove("fruitless"));
    }

    /** Gives the batch back; nobody takes it before {@code notBefore}, or anybody at once if that is null: absent, as queries look for it. */
    public static GuardedUpdate handBack(String id, long epoch, Counts counts, Instant notBefore, Instant now) {
        return held(id, epoch, assign("state", READY), assign("counts", counts.toWire()),
                notBefore == null ? remove("notBefore") : assign("notBefore", notBefore), assign("at", now), remove("owner"),
                remove("fruitless"));
    }

    /**
     * Frees a batch from an owner who was found dead by an observer that does no work itself; exactly as the lease was seen. Whoever takes
     * it next has a higher epoch and therefore stamps and sweeps first, as after a takeover; and as there, the dead lease was fruitless.
     */
    public static GuardedUpdate free(String id, long seenEpoch, long seenHb) {
        return seen(id, LEASED, seenEpoch, seenHb, assign("state", READY), add("fruitless", 1), remove("owner"));
    }

    /**
     * Late evidence is about to change a member behind the owner's back: counts must be taken again. Announced before the member's write,
     * or a crash in between would leave the counts wrong for ever; and {@link #lateWritten} after it, or a recount that comes in between
     * has counted the old state. Of one who dies between the write and that, {@code announced} stays raised: such a batch is looked at
     * again and again.
     */
    public static GuardedUpdate announceLate(String id) {
        return where(equal("_id", id)).then(add("dirty", 1), add("announced", 1));
    }

    /** What {@link #announceLate} has announced is written, or has turned out to change nothing. */
    public static GuardedUpdate lateWritten(String id) {
        return where(equal("_id", id)).then(add("dirty", 1), add("announced", -1));
    }

    /**
     * New counts of a batch that nobody leases, from members read after its other values; loses when more evidence, an owner or another
     * recount came in between. It beats once, so that no two recounts are of one heartbeat. The batch stays dirty until {@link #counted}: who
     * dies before the run's totals are taken again leaves that to the next recount.
     */
    public static GuardedUpdate recounted(String id, BatchState seenState, long seenEpoch, long seenHb, long seenDirty, Counts counts) {
        return seen(id, seenState, seenEpoch, seenHb, assign("counts", counts.toWire()), add("dirty", 1), add("hb", 1))
                .and(equal("dirty", seenDirty));
    }

    /** What {@link #recounted} has counted is in the run's totals; loses when there was more evidence, an owner or another recount since. */
    public static GuardedUpdate counted(String id, long seenHb, long seenDirty) {
        return where(equal("_id", id), equal("hb", seenHb + 1), equal("dirty", seenDirty + 1)).then(assign("dirty", 0));
    }

    private static GuardedUpdate seen(String id, BatchState state, long epoch, long hb, Change... changes) {
        return where(equal("_id", id), equal("state", state), equal("epoch", epoch), equal("hb", hb)).then(changes);
    }

    /** Goes along with putting a batch down or counting it again: when its first and its last message were accepted. */
    public static List<Change> sent(SentSpan span) {
        return span.first() == null ? List.of() : List.of(assign("firstSentAt", span.first()), assign("lastSentAt", span.last()));
    }

    private static GuardedUpdate held(String id, long epoch, Change... changes) {
        return where(equal("_id", id), equal("epoch", epoch), equal("state", LEASED)).then(changes);
    }
}
