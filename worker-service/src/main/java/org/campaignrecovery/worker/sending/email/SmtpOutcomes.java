package org.campaignrecovery.worker.sending.email;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.worker.sending.ProviderAnswer;
import org.campaignrecovery.worker.sending.Retries;
import org.campaignrecovery.worker.sending.Try;
import org.campaignrecovery.worker.sending.email.smtp.SmtpFailedException;
import org.campaignrecovery.worker.sending.email.smtp.SmtpPhase;
import org.campaignrecovery.worker.sending.email.smtp.SmtpReply;

/**
 * What a failed attempt at the SMTP server means. Before MAIL no message was begun (a refused login is no fault of the message). After it a
 * reply is definite: 5xx refuses the message for good, anything else for now. Without a reply the message was not taken if the final dot
 * had not been sent, and nobody can know if it had.
 */
@ApplicationScoped
class SmtpOutcomes {
    private static final int PERMANENT = 500;

    private final Retries retries;

    SmtpOutcomes(Retries retries) {
        this.retries = retries;
    }

    ProviderAnswer of(Throwable failure, Try attempt) {
        String what = failure.getMessage();
        if (!(failure instanceof SmtpFailedException failed) || failed.ambiguous()) {
            return ProviderAnswer.troubled(new Outcome.Ambiguous("no answer of the SMTP server after the message: " + what), what);
        }
        if (failed.phase().compareTo(SmtpPhase.ENVELOPE) < 0) {
            return ProviderAnswer.unreached(what);
        }
        SmtpReply reply = failed.reply();
        if (reply == null || reply.closing()) {
            return ProviderAnswer.troubled(retries.refusedForNow(what, attempt), what);
        }
        return ProviderAnswer.heard(reply.code() >= PERMANENT ? new Outcome.Refused(what) : retries.refusedForNow(what, attempt));
    }
}
