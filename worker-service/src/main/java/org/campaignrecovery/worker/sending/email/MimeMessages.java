package org.campaignrecovery.worker.sending.email;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.model.template.RenderedEmail;
import org.campaignrecovery.worker.sending.email.smtp.SmtpMessage;

import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.mailencoder.MailEncoder;

/** Makes the MIME message of a delivery: text and HTML as alternatives, headers by which it can be found again. */
@ApplicationScoped
class MimeMessages {
    private static final String USER_AGENT = "campaign-recovery";

    private final String from;

    MimeMessages(EmailConfig smtp) {
        this.from = smtp.from();
    }

    /**
     * @param fromName display name of the sender, or null
     * @param unsubscribe the recipient's link: mail clients offer it as a button, by which they post to it (RFC 8058)
     */
    SmtpMessage of(String fromName, DeliveryDocument delivery, RenderedEmail email, Optional<String> unsubscribe) {
        MailMessage message = new MailMessage();
        message.setFrom(Mailbox.of(fromName, from));
        message.setTo(delivery.address());
        message.setSubject(EncodedWords.of(email.subject()));
        message.setText(email.text());
        message.setHtml(email.html());
        message.addHeader("Message-ID", MessageIds.of(delivery.id(), from));
        message.addHeader("X-Campaign-Run", delivery.run());
        message.addHeader("X-Delivery-Id", delivery.id());
        unsubscribe.ifPresent(url -> message.addHeader("List-Unsubscribe", "<" + url + ">").addHeader("List-Unsubscribe-Post",
                "List-Unsubscribe=One-Click"));
        return new SmtpMessage(from, delivery.address(), new MailEncoder(message, MessageIds.domain(from), USER_AGENT).encode());
    }
}
