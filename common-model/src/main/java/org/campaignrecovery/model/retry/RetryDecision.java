package org.campaignrecovery.model.retry;

import java.time.Instant;

/** What follows a failure that need not be the last word. */
public sealed interface RetryDecision {

    /** Worth another try, not before {@code at}. */
    record Retry(Instant at) implements RetryDecision {
    }

    /** Not worth another one. {@code reason} is a phrase that says why, for the delivery and its reader. */
    record GiveUp(String reason) implements RetryDecision {
    }
}
