package org.campaignrecovery.model.run;

import static org.campaignrecovery.model.guard.Change.add;
import static org.campaignrecovery.model.guard.Change.assign;
import static org.campaignrecovery.model.guard.Change.remove;
import static org.campaignrecovery.model.guard.Condition.absent;
import static org.campaignrecovery.model.guard.Condition.equal;
import static org.campaignrecovery.model.guard.Condition.less;
import static org.campaignrecovery.model.guard.Condition.oneOf;
import static org.campaignrecovery.model.guard.GuardedUpdate.where;
import static org.campaignrecovery.model.run.RunState.CANCELLED;
import static org.campaignrecovery.model.run.RunState.COMPLETED;
import static org.campaignrecovery.model.run.RunState.FAILED;
import static org.campaignrecovery.model.run.RunState.PLANNING;
import static org.campaignrecovery.model.run.RunState.SENDING;

import java.time.Instant;
import java.util.List;

import org.campaignrecovery.model.guard.GuardedUpdate;

/** The guarded updates of runs: the planner's lease, the end of planning, completion. */
public final class RunRules {

    private RunRules() {
    }

    /** Takes the planning of a run, exactly as its lease was seen. */
    public static GuardedUpdate takePlanning(String id, long seenEpoch, long seenHb, String owner) {
        return where(equal("_id", id), equal("state", PLANNING), equal("planner.epoch", seenEpoch), equal("planner.hb", seenHb)).then(
                assign("planner.owner", owner), assign("planner.epoch", seenEpoch + 1), add("planner.hb", 1));
    }

    public static GuardedUpdate plannerHeartbeat(String id, long epoch) {
        return where(equal("_id", id), equal("state", PLANNING), equal("planner.epoch", epoch)).then(add("planner.hb", 1));
    }

    /** Gives the planning back without having ended it, so that nobody must wait for the lease to die. */
    public static GuardedUpdate releasePlanning(String id, long epoch) {
        return where(equal("_id", id), equal("state", PLANNING), equal("planner.epoch", epoch)).then(remove("planner.owner"));
    }

    /** Frees the planning from a planner who was found dead by an observer that does not plan itself; exactly as the lease was seen. */
    public static GuardedUpdate freePlanning(String id, long seenEpoch, long seenHb) {
        return where(equal("_id", id), equal("state", PLANNING), equal("planner.epoch", seenEpoch), equal("planner.hb", seenHb))
                .then(remove("planner.owner"));
    }

    /** The end page exists: every batch that the run will have exists. Whoever sees that may say so. */
    public static GuardedUpdate planned(String id, Instant now) {
        return where(equal("_id", id), equal("state", PLANNING)).then(assign("state", SENDING), assign("plannedAt", now),
                remove("planner.owner"), add("rev", 1));
    }

    /**
     * Only after the end page and then exactly its number of closed batches were read, for the round read before them; and at the revision
     * read before the totals, which late evidence raises when it changes a batch that may have been added up already.
     */
    public static GuardedUpdate complete(String id, int round, long seenRev, Instant now) {
        return ended(id, round, seenRev).then(assign("state", COMPLETED), assign("finishedAt", now), add("rev", 1));
    }

    /** {@link #complete} of a run whose campaign was cancelled. */
    public static GuardedUpdate cancelled(String id, int round, long seenRev, Instant now) {
        return ended(id, round, seenRev).then(assign("state", CANCELLED), assign("finishedAt", now), add("rev", 1));
    }

    private static GuardedUpdate.Where ended(String id, int round, long seenRev) {
        return where(equal("_id", id), equal("state", SENDING), equal("round", round), equal("placed", true), equal("rev", seenRev));
    }

    /**
     * A run that was missed, or that has failed, is planned after all: behind the pages that exist, by a planner whose epoch is higher than
     * those before. What was sent stays sent. Not one that is anonymised: there is nobody left to send to.
     */
    public static GuardedUpdate reopen(String id, RunState from, Instant now) {
        if (!from.canBecome(PLANNING)) {
            throw new IllegalArgumentException("a run that is %s cannot be planned".formatted(from.wire()));
        }
        return where(equal("_id", id), equal("state", from), absent("anonymised")).then(assign("state", PLANNING), assign("startedAt", now),
                assign("published", false), remove("planner.owner"), remove("reason"), remove("finishedAt"), add("rev", 1));
    }

    /**
     * An operator's order opens a run that is over: a new round, and nobody completes it before the order has reached every batch
     * concerned. Exactly as it was seen, so that two orders at once are not taken for one. Not one that is anonymised.
     */
    public static GuardedUpdate order(String id, int seenRound, long seenRev) {
        return where(equal("_id", id), equal("state", COMPLETED), equal("round", seenRound), equal("rev", seenRev),
                absent("anonymised")).then(
                        assign("state", SENDING), assign("round", seenRound + 1), assign("placed", false), remove("finishedAt"),
                        remove("reason"),
                        add("rev", 1));
    }

    /** The order of this round has reached every batch concerned. */
    public static GuardedUpdate placed(String id, int round) {
        return where(equal("_id", id), equal("state", SENDING), equal("round", round), equal("placed", false)).then(assign("placed", true),
                add("rev", 1));
    }

    /** The ledger was restored from a backup: says so at the run, and withdraws an order that may have been carried out since. */
    public static GuardedUpdate doubted(String id, String reason) {
        return where(equal("_id", id), oneOf("state", List.of(PLANNING, SENDING, FAILED))).then(assign("reason", reason),
                assign("placed", true), add("rev", 1));
    }

    /** New totals of a run that late evidence has changed, or, while it has none, only that it has; loses when the run was changed meanwhile. */
    public static GuardedUpdate recounted(String id, long seenRev) {
        return where(equal("_id", id), equal("rev", seenRev)).then(add("rev", 1));
    }

    /**
     * A run that was over before {@code before} is to lose its personal data. From now on nothing opens it again, so that what is closed of
     * it stays closed; only then are its deliveries touched.
     */
    public static GuardedUpdate anonymise(String id, Instant before, Instant now) {
        return where(equal("_id", id), oneOf("state", List.of(COMPLETED, CANCELLED, FAILED)), less("finishedAt", before),
                absent("anonymised")).then(assign("anonymised", now), add("rev", 1));
    }

    /** Nothing personal is left of it. */
    public static GuardedUpdate allAnonymised(String id, Instant since) {
        return where(equal("_id", id), equal("anonymised", since)).then(assign("allAnonymised", true));
    }

    /** The audience cannot be read or the content cannot be rendered at all. */
    public static GuardedUpdate failPlanning(String id, long epoch, String reason, Instant now) {
        return where(equal("_id", id), equal("state", PLANNING), equal("planner.epoch", epoch)).then(assign("state", FAILED),
                assign("reason", reason), assign("finishedAt", now), remove("planner.owner"), add("rev", 1));
    }
}
