package org.campaignrecovery.model.generation;

import static org.campaignrecovery.model.guard.Change.assign;
import static org.campaignrecovery.model.guard.Change.remove;
import static org.campaignrecovery.model.guard.Condition.absent;
import static org.campaignrecovery.model.guard.Condition.equal;
import static org.campaignrecovery.model.guard.GuardedUpdate.where;

import java.time.Instant;
import java.util.List;

import org.campaignrecovery.model.guard.GuardedUpdate;

/**
 * The guarded updates of the one document that says where the ledger stands and whether it is held. Fields:
 * {@code incarnation, generation, at, past, hold.{generation, found, at, until, reason, moved, confirmedAt, confirmedBy, confirmedWhy}}.
 */
public final class GenerationRules {
    /** The id of the document. */
    public static final String ID = "generation";
    /**
     * A ledger that went backwards goes on this far beyond the latest position that revealed it, so that whatever anybody may have seen of
     * the lost one lies behind.
     */
    public static final long BEYOND = 1_000;

    private GenerationRules() {
    }

    /** One step further, from what was seen: of several who try it one wins. */
    public static GuardedUpdate advance(Position seen, Instant now) {
        return where(equal("_id", ID), equal("incarnation", seen.incarnation()), equal("generation", seen.generation()))
                .then(assign("generation", seen.generation() + 1), assign("at", now));
    }

    /**
     * Holds the ledger until an operator confirms. From what was seen, so that of several who find it out at once one wins and the others
     * find it held; its generation is beyond {@code known} from the same moment on, so that nobody finds it out again.
     *
     * @param known the position that the ledger lies behind
     * @param past the incarnations whose place it has taken, {@code known}'s included if it is another one
     * @param until what was due up to then may have been sent already
     */
    public static GuardedUpdate hold(Position seen, Position known, List<String> past, String reason, Instant now, Instant until) {
        long next = seen.later(known).generation() + BEYOND;
        return where(equal("_id", ID), equal("incarnation", seen.incarnation()), equal("generation", seen.generation())).then(
                assign("generation", next), assign("at", now), assign("past", past), assign("hold.generation", next),
                assign("hold.found", seen.generation()), assign("hold.at", now), assign("hold.until", until),
                assign("hold.reason", reason), assign("hold.moved", false), remove("hold.confirmedAt"), remove("hold.confirmedBy"),
                remove("hold.confirmedWhy"));
    }

    /** The unfinished deliveries are in doubt. */
    public static GuardedUpdate moved(long hold) {
        return where(equal("_id", ID), equal("hold.generation", hold)).then(assign("hold.moved", true));
    }

    /** An operator has seen what is in doubt: work goes on. Not before everything is there to be seen, and once. */
    public static GuardedUpdate confirm(long hold, String who, String why, Instant now) {
        GuardedUpdate confirmed = where(equal("_id", ID), equal("hold.generation", hold), equal("hold.moved", true),
                absent("hold.confirmedAt")).then(assign("hold.confirmedAt", now), assign("hold.confirmedBy", who));
        return why == null ? confirmed : confirmed.with(assign("hold.confirmedWhy", why));
    }
}
