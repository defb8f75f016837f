package org.campaignrecovery.model.testsend;

import static org.campaignrecovery.model.guard.Change.assign;
import static org.campaignrecovery.model.guard.Change.remove;
import static org.campaignrecovery.model.guard.Condition.equal;
import static org.campaignrecovery.model.guard.Condition.less;
import static org.campaignrecovery.model.guard.Condition.oneOf;
import static org.campaignrecovery.model.guard.GuardedUpdate.where;
import static org.campaignrecovery.model.testsend.TestSendState.FAILED;
import static org.campaignrecovery.model.testsend.TestSendState.IN_DOUBT;
import static org.campaignrecovery.model.testsend.TestSendState.REQUESTED;
import static org.campaignrecovery.model.testsend.TestSendState.SENDING;
import static org.campaignrecovery.model.testsend.TestSendState.SENT;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.model.guard.GuardedUpdate;

/**
 * The guarded updates of a test message: handed to a provider at most once, by the process whose claim was acknowledged. Unlike a delivery it
 * is never tried again, and never given to another process.
 */
public final class TestSendRules {
    /** Whoever waits for a test message has given up by then. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    private TestSendRules() {
    }

    public static GuardedUpdate claim(String id, String claim, Instant now) {
        return where(equal("_id", id), equal("state", REQUESTED)).then(assign("state", SENDING), assign("claim", claim),
                assign("claimedAt", now));
    }

    /** It was not handed over: somebody may claim it again. */
    public static GuardedUpdate released(String id, String claim) {
        return claimed(id, claim).then(assign("state", REQUESTED), remove("claim"), remove("claimedAt"));
    }

    /** What the provider made of it. What a delivery would try again has failed. */
    public static GuardedUpdate ended(String id, String claim, Outcome outcome, Instant now) {
        if (outcome instanceof Outcome.Accepted accepted) {
            GuardedUpdate sent = claimed(id, claim).then(assign("state", SENT), assign("endedAt", now));
            return accepted.providerId() == null ? sent : sent.with(assign("providerId", accepted.providerId()));
        }
        if (outcome instanceof Outcome.Ambiguous ambiguous) {
            return claimed(id, claim).then(assign("state", IN_DOUBT), assign("reason", ambiguous.reason()), assign("endedAt", now));
        }
        String reason = outcome instanceof Outcome.Refused refused ? refused.reason() : ((Outcome.RefusedForNow) outcome).reason();
        return unreached(id, claim, reason, now);
    }

    /** The provider is known not to have it. */
    public static GuardedUpdate unreached(String id, String claim, String reason, Instant now) {
        return claimed(id, claim).then(assign("state", FAILED), assign("reason", reason), assign("endedAt", now));
    }

    /** Nobody has claimed it, and nobody shall. */
    public static GuardedUpdate refused(String id, String reason, Instant now) {
        return where(equal("_id", id), equal("state", REQUESTED)).then(assign("state", FAILED), assign("reason", reason),
                assign("endedAt", now));
    }

    /** Of all tests: those that no worker took in time. */
    public static GuardedUpdate expired(Instant now) {
        return where(equal("state", REQUESTED), less("requestedAt", now.minus(PATIENCE))).then(assign("state", FAILED),
                assign("reason", "no worker could send it for %d minutes".formatted(PATIENCE.toMinutes())), assign("endedAt", now));
    }

    /**
     * Of all tests: those whose worker has ended over them.
     *
     * @param longest no attempt lasts so long
     */
    public static GuardedUpdate lost(Instant now, Duration longest) {
        return where(equal("state", SENDING), less("claimedAt", now.minus(longest))).then(assign("state", IN_DOUBT),
                assign("reason", "the worker that was sending it has ended"), assign("endedAt", now));
    }

    /** Tests to an address of an erased customer: nobody has claimed them, and nobody shall. */
    public static GuardedUpdate refusedAnonymised(String address, Instant now) {
        return where(equal("address", address), equal("state", REQUESTED)).then(assign("state", FAILED),
                assign("reason", "its customer was erased"), assign("endedAt", now), remove("address"), remove("data"));
    }

    /** Tests to an address of an erased customer that have ended. One that is being sent is forgotten soon anyway. */
    public static GuardedUpdate anonymise(String address) {
        return where(equal("address", address), oneOf("state", List.of(SENT, FAILED, IN_DOUBT))).then(remove("address"), remove("data"),
                remove("reason"));
    }

    private static GuardedUpdate.Where claimed(String id, String claim) {
        return where(equal("_id", id), equal("state", SENDING), equal("claim", claim));
    }
}
