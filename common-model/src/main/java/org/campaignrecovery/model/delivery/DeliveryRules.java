package org.campaignrecovery.model.delivery;

import static org.campaignrecovery.model.delivery.DeliveryState.CANCELLED;
import static org.campaignrecovery.model.delivery.DeliveryState.FAILED;
import static org.campaignrecovery.model.delivery.DeliveryState.IN_DOUBT;
import static org.campaignrecovery.model.delivery.DeliveryState.OPEN;
import static org.campaignrecovery.model.delivery.DeliveryState.PENDING;
import static org.campaignrecovery.model.delivery.DeliveryState.RETRY_WAIT;
import static org.campaignrecovery.model.delivery.DeliveryState.SENDING;
import static org.campaignrecovery.model.delivery.DeliveryState.SENT;
import static org.campaignrecovery.model.delivery.DeliveryState.SUPPRESSED;
import static org.campaignrecovery.model.guard.Change.add;
import static org.campaignrecovery.model.guard.Change.assign;
import static org.campaignrecovery.model.guard.Change.remove;
import static org.campaignrecovery.model.guard.Condition.absent;
import static org.campaignrecovery.model.guard.Condition.absentOrAtMost;
import static org.campaignrecovery.model.guard.Condition.equal;
import static org.campaignrecovery.model.guard.Condition.less;
import static org.campaignrecovery.model.guard.Condition.oneOf;
import static org.campaignrecovery.model.guard.GuardedUpdate.where;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;

import org.campaignrecovery.model.guard.GuardedUpdate;

/**
 * The guarded updates of deliveries: the steps of a re-lease and the rules R1 to R3 of the ledger's protocol. Every update that moves a
 * delivery is made here. Fields: {@code _id, batch, state, fence, claim, attempt, notBefore, reason, providerId, at, resent}.
 */
public final class DeliveryRules {
    private DeliveryRules() {
    }

    /** Step b of a re-lease: open members of the batch pass to the new epoch, so that a woken owner's claim names an old fence. */
    public static GuardedUpdate stamp(String batch, Collection<String> members, long epoch) {
        return where(oneOf("_id", members), equal("batch", batch), oneOf("state", OPEN), less("fence", epoch)).then(assign("fence", epoch));
    }

    /** Step c of a re-lease: what the previous owner had claimed has an outcome that nobody can know. */
    public static GuardedUpdate sweep(String batch, Collection<String> members, long epoch, Instant now) {
        return where(oneOf("_id", members), equal("batch", batch), equal("state", SENDING), equal("fence", epoch)).then(
                assign("state", IN_DOUBT), assign("reason", "the worker that was sending it lost its lease"), assign("at", now));
    }

    /**
     * Step d of a re-lease, for an operator's order: closed members are taken up again under the new fence. Only those with an older one: an
     * owner that was deposed before it executed the order must not, once it wakes, take up again what a newer owner has closed meanwhile,
     * nor may an order that is repeated after a lost answer. What is sent again out of doubt is marked: it may arrive twice.
     */
    public static GuardedUpdate reopen(String batch, Collection<String> members, Collection<DeliveryState> from, long epoch, Instant now) {
        GuardedUpdate reopened = where(oneOf("_id", members), equal("batch", batch), oneOf("state", from), less("fence", epoch)).then(
                assign("state", PENDING), assign("fence", epoch), assign("attempt", 0), assign("at", now), remove("reason"),
                remove("firstAttemptAt"));
        return from.contains(IN_DOUBT) ? reopened.with(assign("resent", true)) : reopened;
    }

    /**
     * Under {@code onDoubt: resend}, before a new owner works: what may be sent again passes to the new epoch too, so that an owner who was
     * deposed just before its {@link #resend} finds another fence.
     */
    public static GuardedUpdate adoptDoubt(String batch, Collection<String> members, long epoch) {
        return where(oneOf("_id", members), equal("batch", batch), equal("state", IN_DOUBT), absent("resent"), less("fence", epoch))
                .then(assign("fence", epoch));
    }

    /** Under {@code onDoubt: resend}: what is in doubt is sent again once, marked, by the owner of its batch. */
    public static GuardedUpdate resend(String batch, Collection<String> ids, long epoch, Instant now) {
        return where(oneOf("_id", ids), equal("batch", batch), equal("state", IN_DOUBT), absent("resent"), equal("fence", epoch)).then(
                assign("state", PENDING), assign("resent", true), assign("attempt", 0), assign("at", now), remove("reason"),
                remove("firstAttemptAt"));
    }

    /**
     * An operator knows what became of the attempt that is in doubt: {@code sent} or {@code failed}. Names the attempt, so that a decision
     * about one is never taken for one about another; the batch's {@code dirty} is raised before and again after.
     *
     * @param claim the token of that attempt, as it was read
     */
    public static GuardedUpdate resolve(String id, String claim, DeliveryState to, String reason, Instant now) {
        if (to != SENT && to != FAILED) {
            throw new IllegalArgumentException("nobody can know of a message in doubt that it is " + to.wire());
        }
        return where(equal("_id", id), equal("state", IN_DOUBT), equal("claim", claim)).then(assign("state", to),
                assign("reason", reason), assign("at", now));
    }

    /** The ledger was restored from a backup: whatever is open of a run may have been sent since. */
    public static GuardedUpdate doubtRun(String run, String reason, Instant now) {
        return where(equal("run", run), oneOf("state", OPEN)).then(assign("state", IN_DOUBT), assign("reason", reason), assign("at", now),
                remove("notBefore"));
    }

    /** {@link #doubtRun} of one batch, by its owner: for what a planner who had not heard of it has planned since. */
    public static GuardedUpdate doubtBatch(String batch, Collection<String> members, String reason, Instant now) {
        return where(oneOf("_id", members), equal("batch", batch), oneOf("state", OPEN)).then(assign("state", IN_DOUBT),
                assign("reason", reason), assign("at", now), remove("notBefore"));
    }

    /** Members whose time to be tried again has come are pending again. */
    public static GuardedUpdate reoffer(String batch, Collection<String> members, long epoch, Instant now) {
        return where(oneOf("_id", members), equal("batch", batch), equal("state", RETRY_WAIT), equal("fence", epoch),
                absentOrAtMost("notBefore", now)).then(assign("state", PENDING), remove("notBefore"), assign("at", now));
    }

    /** R1: the claim of a group. Only what it modified, and only if it was acknowledged, may be handed to a provider. */
    public static GuardedUpdate claim(String batch, Collection<String> group, long epoch, ClaimToken token, Instant now) {
        return where(oneOf("_id", group), equal("batch", batch), equal("state", PENDING), equal("fence", epoch)).then(
                assign("state", SENDING), assign("claim", token.toString()), add("attempt", 1), assign("at", now));
    }

    /** R3: never handed to a provider, so the try does not count. Also takes back a burnt token's claim that landed late. */
    public static GuardedUpdate release(Collection<String> ids, ClaimToken token, Released to, Instant now) {
        GuardedUpdate release = where(oneOf("_id", ids), equal("claim", token.toString()), equal("state", SENDING)).then(
                assign("state", to.state()), add("attempt", -1), assign("at", now));
        return to.reason() == null ? release : release.with(assign("reason", to.reason()));
    }

    /** A member that cannot be sent at all leaves {@code pending} under the lease, before any claim. */
    public static GuardedUpdate discard(String batch, Collection<String> ids, long epoch, Released to, Instant now) {
        return where(oneOf("_id", ids), equal("batch", batch), equal("state", PENDING), equal("fence", epoch)).then(
                assign("state", to.state()), assign("reason", to.reason()), assign("at", now));
    }

    /** The campaign was cancelled or has ended: carried out under the lease, on what is not being sent. */
    public static GuardedUpdate cancel(String batch, Collection<String> members, long epoch, String reason, Instant now) {
        return where(oneOf("_id", members), equal("batch", batch), oneOf("state", Set.of(PENDING, RETRY_WAIT)), equal("fence", epoch))
                .then(assign("state", CANCELLED), assign("reason", reason), assign("at", now), remove("notBefore"));
    }

    /** R2: the outcome of an attempt whose delivery still waits for it. No fence: the token names the attempt. */
    public static GuardedUpdate record(Collection<String> ids, ClaimToken token, Outcome outcome, Instant now) {
        return where(oneOf("_id", ids), equal("claim", token.toString()), equal("state", SENDING))
                .then(assign("state", outcome.state()), assign("at", now)).with(outcome.notes());
    }

    /**
     * R2 for a delivery that {@link #record} did not find in {@code sending}: its batch was taken over or its run cancelled meanwhile. The
     * batch's {@code dirty} is raised before and again after. Only for an outcome that {@link Outcome#winsLateOver() wins late over} something.
     */
    public static GuardedUpdate recordLate(String id, ClaimToken token, Outcome outcome, Instant now) {
        return where(equal("_id", id), equal("claim", token.toString()), oneOf("state", outcome.winsLateOver()))
                .then(assign("state", outcome.lateState()), assign("at", now)).with(outcome.lateNotes());
    }

    /** Where a delivery goes that is not handed to a provider, and why. */
    public record Released(DeliveryState state, String reason) {
        public static final Released PENDING_AGAIN = new Released(PENDING, null);

        public static Released suppressed(String reason) {
            return new Released(SUPPRESSED, reason);
        }

        public static Released cancelled(String reason) {
            return new Released(CANCELLED, reason);
        }

        public static Released failed(String reason) {
            return new Released(FAILED, reason);
        }
    }
}
