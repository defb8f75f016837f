package org.campaignrecovery.worker.sending.sms;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.hc.client5.http.ConnectTimeoutException;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.worker.sending.Retries;

import com.twilio.exception.ApiException;
import com.twilio.rest.api.v2010.account.Message;

/**
 * What an answer of the SMS provider means. HTTP 4xx: not taken, for good, but 429 (error 20429), which was never processed and is worth
 * another try. HTTP 5xx may have been delivered all the same (error 20500): ambiguous, as no answer is.
 */
@ApplicationScoped
class SmsOutcomes {
    private static final int TOO_MANY_REQUESTS = 429;
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

    Outcome of(Throwable failure, int attempt) {
        if (failure instanceof ApiException answer && status(answer) != null) {
            int status = status(answer);
            String reason = "the SMS provider answered HTTP %d: %s".formatted(status, answer.getMessage());
            if (status == TOO_MANY_REQUESTS) {
                return retries.refusedForNow(reason, attempt);
            }
            return status < SERVER_ERROR ? new Outcome.Refused(reason) : new Outcome.Ambiguous(reason);
        }
        Throwable cause = failure.getCause();
        if (cause instanceof ConnectException || cause instanceof ConnectTimeoutException || cause instanceof UnknownHostException
                || cause instanceof NoRouteToHostException) {
            return retries.refusedForNow("the SMS provider could not be reached", attempt);
        }
        return new Outcome.Ambiguous("no answer of the SMS provider: " + failure.getMessage());
    }

    private static Integer status(ApiException answer) {
        return answer.getStatusCode() != null ? answer.getStatusCode() : answer.getHttpStatusCode();
    }
}
