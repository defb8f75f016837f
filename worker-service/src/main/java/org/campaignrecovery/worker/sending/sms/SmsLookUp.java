package org.campaignrecovery.worker.sending.sms;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.model.evidence.LookUp;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.sending.SendingConfig;

import com.twilio.base.Page;
import com.twilio.base.TwilioResponse;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageReader;
import com.twilio.type.PhoneNumber;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Asks Twilio which messages it has accepted for somebody, over a connection beside those that send. */
@ApplicationScoped
public class SmsLookUp {
    public static final String PROVIDER = "twilio";

    /** By how much its clock may be wrong before its list misses what it should hold; times are compared exactly afterwards. */
    private static final Duration MARGIN = Duration.ofHours(12);
    private static final long PAGE = 200;
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private final SmsConfig twilio;
    private final LedgerClock clock;
    private final TwilioRestClient client;

    SmsLookUp(SmsConfig twilio, SendingConfig sending, LedgerClock clock) {
        this.twilio = twilio;
        this.clock = clock;
        this.client = new TwilioRestClient.Builder(twilio.accountSid().orElse("off"), twilio.authToken().orElse("off"))
                .httpClient(new SingleShotHttpClient(1, sending.providerTimeout().minusSeconds(1), twilio.apiBase().orElse(null))).build();
    }

    /**
     * What Twilio has listed.
     *
     * @param ahead what has to be added to the ledger's time to get Twilio's, within a second
     * @param whole false when there is more than it listed
     */
    public record Answer(List<LookUp.Listed> listed, Duration ahead, boolean whole) {
    }

    /** Whether there is anybody to ask. */
    public boolean isOn() {
        return twilio.accountSid().isPresent() && twilio.authToken().isPresent()
                && (twilio.from().isPresent() || twilio.messagingServiceSid().isPresent());
    }

    /** The messages to this address that Twilio has sent in these times, about; fails when it does not answer. */
    public Uni<Answer> list(String to, Instant from, Instant until) {
        return Uni.createFrom().item(() -> ask(to, from.minus(MARGIN), until.plus(MARGIN)))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** The question about one delivery, on Twilio's clock. */
    public LookUp question(RunContent run, DeliveryDocument delivery, Instant begun, Instant doubted, Duration ahead, Duration tolerance) {
        String sender = twilio.messagingServiceSid().or(twilio::from).orElseThrow();
        String body = run.templates().sms().orElseThrow().render(delivery.data()).body();
        return LookUp.of(delivery.address(), sender, body, begun, doubted, ahead, tolerance);
    }

    private Answer ask(String to, Instant from, Instant until) {
        Instant asked = clock.now();
        MessageReader reader = Message.reader().setTo(new PhoneNumber(to)).setDateSentAfter(from.atZone(ZoneOffset.UTC))
                .setDateSentBefore(until.atZone(ZoneOffset.UTC)).setPageSize(PAGE);
        TwilioResponse<Page<Message>> answer = reader.firstPageWithResponse(client);
        Instant middle = asked.plus(Duration.between(asked, clock.now()).dividedBy(2));
        Page<Message> page = answer.getContent();
        return new Answer(page.getRecords().stream().map(this::listed).toList(), Duration.between(middle, now(answer.getHeaders())),
                !page.hasNextPage());
    }

    private LookUp.Listed listed(Message message) {
        String sender = twilio.messagingServiceSid().isPresent()
                ? message.getMessagingServiceSid()
                : message.getFrom() == null ? null : message.getFrom().toString();
        ZonedDateTime at = message.getDateCreated() == null ? message.getDateSent() : message.getDateCreated();
        return new LookUp.Listed(message.getSid(), message.getTo(), sender, message.getBody(), at == null ? null : at.toInstant());
    }

    /** In the middle of the second that the answer's {@code Date} names. */
    private static Instant now(Map<String, String> headers) {
        String date = headers.entrySet().stream().filter(header -> header.getKey().equalsIgnoreCase("Date")).map(Map.Entry::getValue)
                .findFirst().orElseThrow(() -> new IllegalStateException("the SMS provider's answer has no date to compare times with"));
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from).plus(HALF_A_SECOND);
        } catch (DateTimeParseException e) {
            throw new IllegalStateException("the SMS provider's answer has no date to compare times with", e);
        }
    }
}
