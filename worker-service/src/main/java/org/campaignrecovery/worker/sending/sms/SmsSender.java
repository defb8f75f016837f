package org.campaignrecovery.worker.sending.sms;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.ClaimToken;
import org.campaignrecovery.model.evidence.StatusCallback;
import org.campaignrecovery.model.sms.SmsLength;
import org.campaignrecovery.worker.permit.Permits;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.sending.MessageSender;
import org.campaignrecovery.worker.sending.ProviderAnswer;
import org.campaignrecovery.worker.sending.SendingConfig;
import org.campaignrecovery.worker.sending.Try;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;

/** Sends SMS through Twilio, each request once, on threads of its own: the library blocks. */
@ApplicationScoped
public class SmsSender implements MessageSender {
    private final SmsConfig twilio;
    private final SendingConfig sending;
    private final SmsOutcomes outcomes;
    private final Permits connections;
    private final SingleShotHttpClient http;
    private final TwilioRestClient client;
    private final Executor threads;

    SmsSender(SmsConfig twilio, SendingConfig sending, SmsOutcomes outcomes) {
        this.twilio = twilio;
        this.sending = sending;
        this.outcomes = outcomes;
        int connections = sending.sms().connections();
        this.connections = new Permits(connections);
        this.threads = Executors.newFixedThreadPool(connections, task -> {
            Thread thread = new Thread(task, "twilio");
            thread.setDaemon(true);
            return thread;
        });
        this.http = new SingleShotHttpClient(connections, sending.providerTimeout().minusSeconds(1), twilio.apiBase().orElse(null));
        this.client = new TwilioRestClient.Builder(twilio.accountSid().orElse("off"), twilio.authToken().orElse("off")).httpClient(http)
                .build();
    }

    /**
     * Loads what the first SMS would load. The library asks for a hook at the JVM's end, which is refused once the end has begun: a process
     * that was told to stop with its first SMS in hand could send none of them, and would have to call them all in doubt.
     */
    void start(@Observes StartupEvent event) throws ClassNotFoundException {
        Class.forName("com.twilio.Twilio", true, Thread.currentThread().getContextClassLoader());
    }

    @Override
    public Channel channel() {
        return Channel.SMS;
    }

    @Override
    public Ready prepare(RunContent run, DeliveryDocument delivery) {
        String body = run.links().sms(run.templates().sms().orElseThrow(), delivery).body();
        return new Ready() {
            @Override
            public Uni<ProviderAnswer> send(Gate gate, ClaimToken claim, Try attempt) {
                return SmsSender.this.send(creator(delivery, body, claim), gate, attempt);
            }

            @Override
            public int units() {
                return SmsLength.of(body).segments();
            }
        };
    }

    private Uni<ProviderAnswer> send(MessageCreator message, Gate gate, Try attempt) {
        return connections.acquire().chain(connection -> gate.mayPass().onFailure().recoverWithItem(false).chain(pass -> {
            if (!pass) {
                connection.release();
                return Uni.createFrom().nullItem();
            }
            return handOver(message, connection, attempt);
        }));
    }

    private Uni<ProviderAnswer> handOver(MessageCreator message, Permits.Permit connection, Try attempt) {
        AtomicBoolean written = new AtomicBoolean();
        Uni<ProviderAnswer> answer = Uni.createFrom()
                .item(() -> outcomes.accepted(http.noting(written, () -> message.create(client))))
                .runSubscriptionOn(threads).onFailure().recoverWithItem(failure -> outcomes.of(failure, attempt, written.get()))
                .onTermination().invoke(connection::release).memoize().indefinitely();
        return answer.ifNoItem().after(sending.providerTimeout()).recoverWithItem(outcomes::timedOut);
    }

    private MessageCreator creator(DeliveryDocument delivery, String body, ClaimToken claim) {
        PhoneNumber recipient = new PhoneNumber(delivery.address());
        MessageCreator message = twilio.messagingServiceSid().map(service -> Message.creator(recipient, service, body))
                .orElseGet(() -> Message.creator(recipient, new PhoneNumber(twilio.from().orElseThrow()), body));
        twilio.publicUrl().map(url -> StatusCallback.url(url, delivery.id(), claim.toString())).ifPresent(message::setStatusCallback);
        return message;
    }
}
