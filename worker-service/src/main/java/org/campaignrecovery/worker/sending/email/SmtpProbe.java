package org.campaignrecovery.worker.sending.email;

import java.util.Locale;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.presence.Probe;
import org.campaignrecovery.ledger.presence.Reach;
import org.campaignrecovery.worker.sending.SendingConfig;
import org.campaignrecovery.worker.sending.email.smtp.SmtpClient;
import org.campaignrecovery.worker.sending.email.smtp.SmtpFailedException;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Speaks with the mail server up to the point where a message would begin. */
@ApplicationScoped
class SmtpProbe implements Probe {
    private final EmailConfig smtp;
    private final SmtpClient client;

    SmtpProbe(Vertx vertx, EmailConfig smtp, SendingConfig sending) {
        this.smtp = smtp;
        this.client = new SmtpClient(vertx, EmailSender.settings(smtp, sending));
    }

    @Override
    public String part() {
        return SMTP;
    }

    @Override
    public Uni<Reach> look() {
        return smtp.host().isEmpty()
                ? Uni.createFrom().item(Reach.off("e-mail is off: SMTP_HOST is not set"))
                : client.probe().replaceWith(Reach.ok()).onFailure(SmtpFailedException.class)
                        .recoverWithItem(failure -> Reach.failed(sentence(failure)));
    }

    private String sentence(SmtpFailedException failure) {
        String server = "%s:%d".formatted(smtp.host().orElseThrow(), smtp.port());
        return switch (failure.phase()) {
            case CONNECT, GREETING, HELLO, ENVELOPE, BODY, FINAL -> "%s (SMTP_HOST, SMTP_PORT): %s".formatted(server, failure.getMessage());
            case TLS -> "%s (SMTP_TLS=%s): %s".formatted(server, smtp.tls().name().toLowerCase(Locale.ROOT),
                    failure.getMessage());
            case AUTHENTICATION -> "%s refuses SMTP_USERNAME and SMTP_PASSWORD: %s".formatted(server, failure.getMessage());
        };
    }
}
