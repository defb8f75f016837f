package org.campaignrecovery.worker.sending.sms;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.worker.sending.Retries;

import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Message;

/**
 * What an answer of the SMS provider means. HTTP 4xx: not taken, for good, but 429 (error 20429), which was never processed and is worth
 * another try, not before its {@code Retry-After}. HTTP 5xx may have been delivered all the same (error 20500): ambiguous, as no answer
 * is once a byte of the request may have left. Before that (no connection, no TLS, a failure of our own) nothing was handed over.
 */
@ApplicationScoped
class SmsOutcomes {
    private static final int SERVER_ERROR = 500;

    private final Retries retries;

    SmsOutcomes(Retries retries) {
        this.retries = retries;
    }

    /** The library takes a redirection for success too; only a name of the message is a proof. */
    Outcome accepted(Message message) {
        return message.getSid() == null
                ? new Outcome.Ambiguous("the SMS provider's answer names no message")
                : new Outcome.Accepted(message.getSid());
    }

    Outcome timedOut() {
        return new Outcome.Ambiguous("no answer of the SMS provider in time");
    }

    /** @param written whether a byte of the request may have left */
    Outcome of(Throwable failure, int attempt, boolean written) {
        if (failure instanceof ThrottledException throttled) {
            return retries.refusedForNow(throttled.getMessage(), attempt, throttled.retryAfter());
        }
        if (failure instanceof ApiException answer && status(answer) != null) {
            int status = status(answer);
            String reason = "the SMS provider answered HTTP %d: %s".formatted(status, answer.getMessage());
            return status < SERVER_ERROR ? new Outcome.Refused(reason) : new Outcome.Ambiguous(reason);
        }
        if (!written) {
            return retries.refusedForNow("nothing reached the SMS provider: " + failure, attempt);
        }
        return new Outcome.Ambiguous("no answer of the SMS provider: " + failure.getMessage());
    }

    private static Integer status(ApiException answer) {
        return answer.getStatusCode() != null ? answer.getStatusCode() : answer.getHttpStatusCode();
    }
}
