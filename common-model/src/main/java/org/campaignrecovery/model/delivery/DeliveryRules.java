package org.campaignrecovery.model.delivery;

import static org.campaignrecovery.model.delivery.DeliveryState.CANCELLED;
import static org.campaignrecovery.model.delivery.DeliveryState.CLOSED;
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
import java.util.List;
import java.util.Set;

import org.campaignrecovery.model.guard.Change;
import org.campaignrecovery.model.guard.GuardedUpdate;

/**
 * The guarded updates of deliveries: the steps of a re-lease and the rules R1 to R3 of the ledger's protocol. Every update that moves a
 * delivery is made here. Fields: {@code _id, batch, state, fence, claim, claimedAt, attempt, notBefore, reason, providerId, at, resent,
 * saidFailed, possiblyTwice, lookUps, lookUpAt, address, customer, data, anonymised}.
 */
public final class DeliveryRules {
    /** The next attempt is another one to ask about, and the first of its own series. */
    private static final List<Change> ANEW = List.of(remove("lookUps"), remove("lookUpAt"), remove("firstAttemptAt"));
    /** What says whom a delivery is for; a provider's reply may quote the address. */
    private static final List<Change> PERSONAL = List.of(remove("address"), remove("customer"), remove("data"));

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
     * Before the steps of a re-lease that has an operator's order to carry out: what the order is about passes to the epoch before this one,
     * so that an owner of that epoch or an older one who was deposed before it carried out the order finds another fence. What it has taken
     * up already, {@link #stamp} passes on; without this it could take up more after the stamping, which nobody could claim.
     */
    public static GuardedUpdate forestall(String batch, Collection<String> members, Collection<DeliveryState> from, long epoch) {
        return where(oneOf("_id", members), equal("batch", batch), oneOf("state", from), less("fence", epoch - 1))
                .then(assign("fence", epoch - 1));
    }

    /**
     * Step d of a re-lease, for an operator's order: closed members are taken up again under the new fence. Only those with an older one: an
     * owner that was deposed before it executed the order must not, once it wakes, take up again what a newer owner has closed meanwhile,
     * nor may an order that is repeated after a lost answer. What is sent again out of doubt is marked: it may arrive twice. Those that
     * are failed by somebody's word only are left to {@link #reopenSaidFailed}; what is anonymised cannot be sent to anybody and stays closed.
     */
    public static GuardedUpdate reopen(String batch, Collection<String> members, Collection<DeliveryState> from, long epoch, Instant now) {
        GuardedUpdate reopened = where(oneOf("_id", members), equal("batch", batch), oneOf("state", from), absent("saidFailed"),
                absent("anonymised"), less("fence", epoch))
                .then(assign("state", PENDING), assign("fence", epoch), assign("attempt", 0), assign("at", now), remove("reason"))
                .with(ANEW);
        return from.contains(IN_DOUBT) ? reopened.with(assign("resent", true)) : reopened;
    }

    /**
     * {@link #reopen} of what was in doubt and failed by an operator's word: they may have been wrong, so it is marked as what is sent
     * again out of doubt is.
     */
    public static GuardedUpdate reopenSaidFailed(String batch, Collection<String> members, long epoch, Instant now) {
        return where(oneOf("_id", members), equal("batch", batch), equal("state", FAILED), equal("saidFailed", true), absent("anonymised"),
                less("fence", epoch))
                .then(assign("state", PENDING), assign("fence", epoch), assign("attempt", 0), assign("at", now), assign("resent", true),
                        remove("reason"), remove("saidFailed"))
                .with(ANEW);
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
        return where(oneOf("_id", ids), equal("batch", batch), equal("state", IN_DOUBT), absent("resent"), absent("anonymised"),
                equal("fence", epoch)).then(
                        assign("state", PENDING), assign("resent", true), assign("attempt", 0), assign("at", now), remove("reason"))
                .with(ANEW);
    }

    /**
     * An operator knows what became of the attempt that is in doubt: {@code sent} or {@code failed}. Names the attempt, so that a decision
     * about one is never taken for one about another; the batch's {@code dirty} is raised before and again after. Their word is no proof:
     * what failed by it is marked, should it be tried again.
     *
     * @param claim the token of that attempt, as it was read
     */
    public static GuardedUpdate resolve(String id, String claim, DeliveryState to, String reason, Instant now) {
        if (to != SENT && to != FAILED) {
            throw new IllegalArgumentException("nobody can know of a message in doubt that it is " + to.wire());
        }
        GuardedUpdate resolved = where(equal("_id", id), equal("state", IN_DOUBT), equal("claim", claim)).then(assign("state", to),
                assign("reason", reason), assign("at", now));
        return to == FAILED ? resolved.with(assign("saidFailed", true)) : resolved;
    }

    /**
     * Somebody begins to ask the provider about an attempt that is in doubt; nobody else does before {@code until}, so that a message is
     * looked up by one process at a time and by another when that one dies over it.
     *
     * @param seen the delivery's {@code lookUpAt}, as it was read
     */
    public static GuardedUpdate beginLookUp(String id, String claim, Instant seen, Instant until) {
        return where(equal("_id", id), equal("state", IN_DOUBT), equal("claim", claim), equal("lookUpAt", seen))
                .then(assign("lookUpAt", until));
    }

    /**
     * The provider was asked and its answer proves nothing: absence does not resolve doubt.
     *
     * @param until as it was begun with
     * @param next when to ask again, or null for never
     */
    public static GuardedUpdate lookedUpInVain(String id, String claim, Instant until, int lookUps, Instant next) {
        return where(equal("_id", id), equal("state", IN_DOUBT), equal("claim", claim), equal("lookUpAt", until))
                .then(assign("lookUps", lookUps), next == null ? remove("lookUpAt") : assign("lookUpAt", next));
    }

    /** An attempt that is no longer the latest turns out to have been accepted: whoever it was for may have two. */
    public static GuardedUpdate possiblyTwice(String id) {
        return where(equal("_id", id), absent("possiblyTwice")).then(assign("possiblyTwice", true));
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
                assign("state", SENDING), assign("claim", token.toString()), assign("claimedAt", now), add("attempt", 1),
                assign("at", now));
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

    /**
     * A message was accepted of a delivery that the ledger knows no claim of: it was restored from a backup, and the claim is lost. Late but
     * true, as in {@link #recordLate}, and the batch's {@code dirty} likewise.
     */
    public static GuardedUpdate recordUnclaimed(String id, Outcome.Accepted accepted, Instant now) {
        return where(equal("_id", id), absent("claim"), oneOf("state", accepted.winsLateOver()))
                .then(assign("state", accepted.lateState()), assign("at", now)).with(accepted.lateNotes());
    }

    /**
     * Closed deliveries lose what says whom they were for. State, attempts and times stay: the accounts do not change. So does the
     * {@code _id}, which is the deduplication: nobody can plan the message once more. Whatever opens closed deliveries again passes over
     * these, so that none is ever claimed without an address.
     */
    public static GuardedUpdate anonymise(Collection<String> ids, Instant now) {
        return where(oneOf("_id", ids), oneOf("state", CLOSED), absent("anonymised")).then(assign("anonymised", now), remove("reason"))
                .with(PERSONAL);
    }

    /**
     * {@link #anonymise} of deliveries that wait to be sent: cancelled, not under a lease. A claim, a discard and a re-offer each name the
     * state, so an owner that has read the delivery before finds it gone; the batch's {@code dirty} is raised before and again after. What is
     * being sent is not touched: a token waits for its outcome.
     */
    public static GuardedUpdate cancelAnonymised(Collection<String> ids, String reason, Instant now) {
        return where(oneOf("_id", ids), oneOf("state", Set.of(PENDING, RETRY_WAIT))).then(assign("state", CANCELLED),
                assign("reason", reason), assign("at", now), assign("anonymised", now), remove("notBefore")).with(PERSONAL);
    }

    /**
     * {@link #anonymise} of deliveries of a run that failed long ago, whose owner died over them: nobody has taken their batch since, so
     * nobody has put them in doubt.
     *
     * @param before no attempt lasts from then until now
     */
    public static GuardedUpdate doubtAnonymised(Collection<String> ids, Instant before, Instant now) {
        return where(oneOf("_id", ids), equal("state", SENDING), absentOrAtMost("claimedAt", before)).then(assign("state", IN_DOUBT),
                assign("at", now), assign("anonymised", now), remove("reason")).with(PERSONAL);
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
