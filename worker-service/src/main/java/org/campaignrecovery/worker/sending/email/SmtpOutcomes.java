package org.campaignrecovery.worker.sending.email;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.worker.sending.Retries;
import org.campaignrecovery.worker.sending.email.smtp.SmtpFailedException;
import org.campaignrecovery.worker.sending.email.smtp.SmtpPhase;
import org.campaignrecovery.worker.sending.email.smtp.SmtpReply;

/**
 * What a failed attempt at the SMTP server means. A reply is definite: 5xx about the message refuses it for good,
 * anything else for now (a refused login is no fault of the message). Without a reply the
 * message was not taken if the final dot had not been sent, and nobody can know if it had.
 */
@ApplicationScoped
class SmtpOutcomes {
    private static final int PERMANENT = 500;

    private final Retries retries;

    SmtpOutcomes(Retries retries) {
        this.retries = retries;
    }

    Outcome of(Throwable failure, int attempt) {
        if (!(failure instanceof SmtpFailedException failed) || failed.ambiguous()) {
            return new Outcome.Ambiguous("no answer of the SMTP server after the message: " + failure.getMessage());
        }
        SmtpReply reply = failed.reply();
        boolean aboutMessage = failed.phase().compareTo(SmtpPhase.ENVELOPE) >= 0;
        return reply != null && reply.code() >= PERMANENT && aboutMessage
                ? new Outcome.Refused(failed.getMessage())
                : retries.refusedForNow(failed.getMessage(), attempt);
    }
}
