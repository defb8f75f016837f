package org.campaignrecovery.worker.sending.email;

import java.util.Optional;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.worker.permit.Permits;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.sending.MessageSender;
import org.campaignrecovery.worker.sending.ProviderAnswer;
import org.campaignrecovery.worker.sending.SendingConfig;
import org.campaignrecovery.worker.sending.Try;
import org.campaignrecovery.worker.sending.email.smtp.SmtpClient;
import org.campaignrecovery.worker.sending.email.smtp.SmtpMessage;
import org.campaignrecovery.worker.sending.email.smtp.SmtpSettings;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Sends e-mail, with as many permits as connections. Every attempt ends within the client's time-outs and gives its permit back. */
@ApplicationScoped
public class EmailSender implements MessageSender {
    private final SmtpClient client;
    private final MimeMessages messages;
    private final SmtpOutcomes outcomes;
    private final Permits connections;

    EmailSender(Vertx vertx, EmailConfig smtp, SendingConfig sending, MimeMessages messages, SmtpOutcomes outcomes) {
        this.client = new SmtpClient(vertx, settings(smtp, sending));
        this.messages = messages;
        this.outcomes = outcomes;
        this.connections = new Permits(sending.email().connections());
    }

    static SmtpSettings settings(EmailConfig smtp, SendingConfig sending) {
        return new SmtpSettings(smtp.host().orElse("localhost"), smtp.port(), smtp.tls(), smtp.username().orElse(null),
                smtp.password().orElse(null), MessageIds.domain(smtp.from()), sending.providerTimeout(), smtp.idle(), smtp.beforeDot());
    }

    @Override
    public Channel channel() {
        return Channel.EMAIL;
    }

    @Override
    public Ready prepare(RunContent run, DeliveryDocument delivery) {
        Optional<String> unsubscribe = run.links().unsubscribe(delivery);
        SmtpMessage message = messages.of(run.frozen().email().fromName(), delivery,
                run.links().email(run.templates().email().orElseThrow(), delivery, unsubscribe), unsubscribe);
        return (gate, claim, attempt) -> send(message, gate, attempt);
    }

    private Uni<ProviderAnswer> send(SmtpMessage message, Gate gate, Try attempt) {
        return connections.acquire().chain(connection -> gate.mayPass().onFailure().recoverWithItem(false).chain(pass -> {
            if (!pass) {
                connection.release();
                return Uni.createFrom().nullItem();
            }
            return handOver(message, connection, gate, attempt);
        }));
    }

    private Uni<ProviderAnswer> handOver(SmtpMessage message, Permits.Permit connection, Gate gate, Try attempt) {
        return client.send(message, gate::mayPass).onItemOrFailure().invoke((accepted, failure) -> connection.release())
                .map(reply -> reply == null ? null : ProviderAnswer.heard(new Outcome.Accepted(null))).onFailure()
                .recoverWithItem(failure -> outcomes.of(failure, attempt));
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
