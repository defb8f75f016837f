package org.campaignrecovery.worker.sending.sms;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.worker.sending.ProviderAnswer;
import org.campaignrecovery.worker.sending.Retries;
import org.campaignrecovery.worker.sending.Try;

import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Message;

/**
 * What an answer of the SMS provider means. HTTP 4xx: not taken, for good, but 429 (error 20429), which was never processed and is worth
 * another try, not before its {@code Retry-After}, and 401, which is about us and not about the message. HTTP 5xx may have been delivered all the same (error 20500): ambiguous, as no answer
 * is once a byte of the request may have left. Before that (no connection, no TLS, a failure of our own) nothing was handed over.
 */
@ApplicationScoped
class SmsOutcomes {
    private static final int UNAUTHORIZED = 401;
    private static final int SERVER_ERROR = 500;

    private final Retries retries;

    SmsOutcomes(Retries retries) {
        this.retries = retries;
    }

    /** The library takes a redirection for success too; only a name of the message is a proof. */
    ProviderAnswer accepted(Message message) {
        return ProviderAnswer.heard(message.getSid() == null
                ? new Outcome.Ambiguous("the SMS provider's answer names no message")
                : new Outcome.Accepted(message.getSid()));
    }

    ProviderAnswer timedOut() {
        return doubt("no answer of the SMS provider in time");
    }

    /** @param written whether a byte of the request may have left */
    ProviderAnswer of(Throwable failure, Try attempt, boolean written) {
        if (failure instanceof ThrottledException throttled) {
            return ProviderAnswer.tooMuch(retries.refusedForNow(throttled.getMessage(), attempt, throttled.retryAfter()),
                    throttled.getMessage(), throttled.retryAfter());
        }
        if (failure instanceof ApiException answer && status(answer) != null) {
            int status = status(answer);
            String reason = "the SMS provider answered HTTP %d: %s".formatted(status, answer.getMessage());
            if (status == UNAUTHORIZED) {
                return ProviderAnswer.unreached(reason);
            }
            return status < SERVER_ERROR ? ProviderAnswer.heard(new Outcome.Refused(reason)) : doubt(reason);
        }
        if (!written) {
            return ProviderAnswer.unreached("nothing reached the SMS provider: " + failure);
        }
        return doubt("no answer of the SMS provider: " + failure.getMessage());
    }

    private static ProviderAnswer doubt(String reason) {
        return ProviderAnswer.troubled(new Outcome.Ambiguous(reason), reason);
    }

    private static Integer status(ApiException answer) {
        return answer.getStatusCode() != null ? answer.getStatusCode() : answer.getHttpStatusCode();
    }
}
