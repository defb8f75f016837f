package org.campaignrecovery.worker.sending;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.model.retry.RetryDecision;
import org.campaignrecovery.model.retry.RetryPolicy;

/** Turns a refusal for now into the time of the next try, or into a refusal when there were enough. */
@ApplicationScoped
public class Retries {
    private final RetryPolicy policy;
    private final LedgerClock clock;

    Retries(SendingConfig config, LedgerClock clock) {
        SendingConfig.RetryConfig retry = config.retry();
        this.policy = new RetryPolicy(retry.maxAttempts(), retry.firstDelay(), retry.maxDelay(), retry.jitter(), retry.maxAge());
        this.clock = clock;
    }

    public Outcome refusedForNow(String reason, Try attempt) {
        return refusedForNow(reason, attempt, Duration.ZERO);
    }

    /** @param retryAfter what the provider asked for, zero for nothing */
    public Outcome refusedForNow(String reason, Try attempt, Duration retryAfter) {
        Instant now = clock.now();
        Instant first = attempt.first() == null ? now : attempt.first();
        RetryDecision decision = policy.next(attempt.number(), first, now, ThreadLocalRandom.current().nextDouble(), retryAfter);
        if (decision instanceof RetryDecision.Retry retry) {
            return new Outcome.RefusedForNow(reason, retry.at(), first);
        }
        return new Outcome.Refused("%s; %s".formatted(reason, ((RetryDecision.GiveUp) decision).reason()));
    }
}
