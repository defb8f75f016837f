package org.campaignrecovery.worker.sending.email;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.model.template.RenderedEmail;
import org.campaignrecovery.worker.permit.Permits;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.sending.MessageSender;
import org.campaignrecovery.worker.sending.SendingConfig;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.impl.VertxInternal;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.mail.MailClient;

/**
 * Sends e-mail. As many permits as connections: nothing ever waits inside the mail client, whose queue has no bound and ignores
 * time-outs. A permit comes back when the client is done with its connection, even if the caller has long given up.
 */
@ApplicationScoped
public class EmailSender implements MessageSender {
    private final MailClient client;
    private final EmailConfig smtp;
    private final SendingConfig sending;
    private final SmtpOutcomes outcomes;
    private final Permits connections;

    /**
     * The event loop on which the client does everything. Its connections do not listen before their caller's thread says so: on another
     * thread than the socket's they miss the server's greeting when that comes quickly, and wait for it for ever (vertx-mail-client 4.5.25).
     */
    private final Context eventLoop;

    EmailSender(Vertx vertx, @Smtp MailClient client, EmailConfig smtp, SendingConfig sending, SmtpOutcomes outcomes) {
        this.client = client;
        this.eventLoop = ((VertxInternal) vertx.getDelegate()).createEventLoopContext();
        this.smtp = smtp;
        this.sending = sending;
        this.outcomes = outcomes;
        this.connections = new Permits(sending.email().connections());
    }

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public Ready prepare(RunContent run, DeliveryDocument delivery) {
        MailMessage message = message(run, delivery, run.templates().email().orElseThrow().render(delivery.data()));
        return (gate, attempt) -> send(message, gate, attempt);
    }

    private MailMessage message(RunContent run, DeliveryDocument delivery, RenderedEmail email) {
        MailMessage message = new MailMessage();
        message.setFrom(Mailbox.of(run.frozen().email().fromName(), smtp.from()));
        message.setBounceAddress(smtp.from());
        message.setTo(delivery.address());
        message.setSubject(email.subject());
        message.setText(email.text());
        message.setHtml(email.html());
        message.addHeader("Message-ID", MessageIds.of(delivery.id(), smtp.from()));
        message.addHeader("X-Campaign-Run", delivery.run());
        message.addHeader("X-Delivery-Id", delivery.id());
        return message;
    }

    private Uni<Outcome> send(MailMessage message, Gate gate, int attempt) {
        return connections.acquire().chain(connection -> gate.mayPass().onFailure().invoke(connection::release).chain(pass -> {
            if (!pass) {
                connection.release();
                return Uni.createFrom().nullItem();
            }
            return handOver(message, connection, attempt);
        }));
    }

    private Uni<Outcome> handOver(MailMessage message, Permits.Permit connection, int attempt) {
        Uni<MailResult> sent = Uni.createFrom()
                .emitter(emitter -> eventLoop
                        .runOnContext(ready -> client.sendMail(message).subscribe().with(emitter::complete, emitter::fail)));
        Uni<MailResult> answer = sent.onTermination().invoke(connection::release).memoize().indefinitely();
        return answer.ifNoItem().after(sending.providerTimeout()).fail()
                .map(accepted -> (Outcome) new Outcome.Accepted(null))
                .onFailure().recoverWithItem(failure -> outcomes.of(failure, attempt));
    }
}
