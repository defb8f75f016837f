package org.campaignrecovery.worker.sending;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.model.retry.RetryPolicy;

import jakarta.enterprise.context.ApplicationScoped;

/** Turns a refusal for now into the time of the next try, or into a refusal when there were enough. */
@ApplicationScoped
public class Retries {
    private final RetryPolicy policy;
    private final LedgerClock clock;

    Retries(SendingConfig config, LedgerClock clock) {
        this.policy = null;
        this.clock = clock;
    }

    public Outcome refusedForNow(String reason, int attempt) {
        return refusedForNow(reason, attempt, null);
    }

    /** @param retryAfter what the provider asked for, or null */
    public Outcome refusedForNow(String reason, int attempt, Duration retryAfter) {
        return new Outcome.RefusedForNow(reason, clock.now().plusMillis(ThreadLocalRandom.current().nextLong(1000)));
    }
}
