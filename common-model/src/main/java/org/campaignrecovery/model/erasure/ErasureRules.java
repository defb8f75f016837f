package org.campaignrecovery.model.erasure;

import static org.campaignrecovery.model.guard.Change.assign;
import static org.campaignrecovery.model.guard.Change.remove;
import static org.campaignrecovery.model.guard.Condition.equal;
import static org.campaignrecovery.model.guard.GuardedUpdate.where;

import java.time.Instant;

import org.campaignrecovery.model.guard.GuardedUpdate;

/** The guarded updates of erasures. */
public final class ErasureRules {

    private ErasureRules() {
    }

    /** A customer who was erased before is to be erased once more: they may have ordered since. */
    public static GuardedUpdate again(String id, String customer, String by, Instant now) {
        return where(equal("_id", id)).then(assign("customer", customer), assign("by", by), assign("at", now), remove("finishedAt"));
    }

    /**
     * Nothing of the customer is left, so that their id is not needed either. Only for the request that was seen: whoever asks anew
     * meanwhile is served anew.
     */
    public static GuardedUpdate finished(String id, Instant seenAt, Instant now) {
        return where(equal("_id", id), equal("at", seenAt)).then(assign("finishedAt", now), remove("customer"));
    }

    /** Whether what an erasure was about may be frozen in a run: one that was due when it was asked for, or before. */
    public static boolean concerns(Instant erasedAt, Instant runScheduledFor) {
        return !runScheduledFor.isAfter(erasedAt);
    }
}
