package org.campaignrecovery.worker.sending.email;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.worker.sending.Retries;

import io.vertx.ext.mail.SMTPException;

/**
 * What a failed attempt at the SMTP server means. A reply of the server is definite: 5xx refuses for good, 4xx for now. A connection that
 * never came about carried nothing. Everything else may have happened after the final dot and is ambiguous.
 */
@ApplicationScoped
class SmtpOutcomes {
    private final Retries retries;

    SmtpOutcomes(Retries retries) {
        this.retries = retries;
    }

    Outcome of(Throwable failure, int attempt) {
        if (failure instanceof SMTPException reply) {
            String reason = "the SMTP server answered " + reply.getReplyMessage();
            return reply.isTransient() ? retries.refusedForNow(reason, attempt) : new Outcome.Refused(reason);
        }
        if (failure instanceof ConnectException || failure instanceof UnknownHostException || failure instanceof NoRouteToHostException) {
            return retries.refusedForNow("the SMTP server could not be reached", attempt);
        }
        return new Outcome.Ambiguous("no answer of the SMTP server: " + failure.getMessage());
    }
}
