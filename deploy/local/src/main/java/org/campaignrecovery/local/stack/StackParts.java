package org.campaignrecovery.local.stack;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.campaignrecovery.local.fault.Fault;
import org.campaignrecovery.local.fault.FaultFile;
import org.campaignrecovery.local.fault.FaultInjector;
import org.campaignrecovery.local.kafka.EmbeddedKafka;
import org.campaignrecovery.local.mongo.EmbeddedMongo;
import org.campaignrecovery.local.smtp.RecordingSmtpServer;
import org.campaignrecovery.local.twilio.TwilioStandIn;

/** Starts one part at a time, or passes on the address of the one that was given. All ports are settled before the first start. */
final class StackParts {
    private final StackSettings settings;
    private final Map<Part, Integer> ports = new EnumMap<>(Part.class);
    private final FaultFile faultFile;
    private FaultInjector faults = FaultInjector.none();

    StackParts(StackSettings settings) {
        this.settings = settings;
        this.faultFile = new FaultFile(settings.directory().faults(), settings.directory().faultRecord());
        PortChoice choice = new PortChoice(settings);
        for (Part part : Part.values()) {
            if (!isGiven(part)) {
                ports.put(part, choice.choose(part));
            }
        }
    }

    /** Kafka takes longest and starts beside the others. */
    Optional<CompletableFuture<EmbeddedKafka>> kafka() {
        return embeddedPort(Part.KAFKA)
                .map(port -> CompletableFuture.supplyAsync(() -> EmbeddedKafka.start(port, settings.directory().data("kafka"))));
    }

    Optional<EmbeddedMongo> mongo(Map<String, String> addresses) {
        Optional<EmbeddedMongo> embedded = embeddedPort(Part.MONGO)
                .map(port -> EmbeddedMongo.start(loopback(port), settings.directory().data("mongo.mv")));
        Optional<String> address = embedded.map(EmbeddedMongo::connectionString);
        String orders = settings.given("MONGO_URI").or(() -> address).orElseThrow();
        addresses.put("MONGO_URI", orders);
        addresses.put("CAMPAIGN_MONGO_URI", settings.given("CAMPAIGN_MONGO_URI").orElse(orders));
        return embedded;
    }

    /** What the stand-ins do wrong: as the file of the last start says, or, without one, the environment. */
    FaultInjector faults(Map<String, String> addresses) {
        List<Fault> atStart = settings.faults();
        if (!Files.exists(faultFile.faults())) {
            faultFile.set(atStart);
        }
        faults = FaultInjector.open(faultFile, Clock.systemUTC());
        addresses.put("FAULTS", faultFile.faults().toString());
        addresses.put("FAULT_RECORD", faultFile.record().toString());
        return faults;
    }

    Optional<RecordingSmtpServer> smtp(Map<String, String> addresses) {
        Path record = settings.directory().data("smtp.ndjson");
        Optional<RecordingSmtpServer> embedded = embeddedPort(Part.SMTP)
                .map(port -> new RecordingSmtpServer.Settings(port, record, settings.keepRaw(), settings.delay("SMTP_DELAY_MS"), faults))
                .map(RecordingSmtpServer::start);
        addresses.put("SMTP_HOST", embedded.map(RecordingSmtpServer::host).or(() -> settings.given("SMTP_HOST")).orElseThrow());
        addresses.put("SMTP_PORT", embedded.map(s -> String.valueOf(s.port())).or(() -> settings.given("SMTP_PORT")).orElse("25"));
        addresses.put("MAIL_FROM", settings.given("MAIL_FROM").orElse(StackSettings.SENDER));
        addresses.put("SMTP_TLS", settings.given("SMTP_TLS").orElse("off"));
        embedded.ifPresent(server -> addresses.put("SMTP_RECORD", record.toString()));
        return embedded;
    }

    Optional<TwilioStandIn> twilio(Map<String, String> addresses) {
        Path record = settings.directory().data("sms.ndjson");
        TwilioAccount account = TwilioAccount.of(settings);
        Optional<TwilioStandIn> embedded = embeddedPort(Part.TWILIO).map(
                port -> new TwilioStandIn.Settings(port, record, account.sid(), account.authToken(), settings.delay("SMS_DELAY_MS"),
                        faults))
                .map(TwilioStandIn::start);
        addresses.put("TWILIO_API_BASE", embedded.map(TwilioStandIn::baseUrl).or(() -> settings.given("TWILIO_API_BASE")).orElseThrow());
        addresses.put("TWILIO_ACCOUNT_SID", account.sid());
        addresses.put("TWILIO_AUTH_TOKEN", account.authToken());
        addresses.put("TWILIO_FROM", settings.given("TWILIO_FROM").orElse(StackSettings.SMS_SENDER));
        embedded.ifPresent(server -> addresses.put("SMS_RECORD", record.toString()));
        return embedded;
    }

    private boolean isGiven(Part part) {
        return settings.given(switch (part) {
            case MONGO -> "MONGO_URI";
            case KAFKA -> "KAFKA_BOOTSTRAP_SERVERS";
            case SMTP -> "SMTP_HOST";
            case TWILIO -> "TWILIO_API_BASE";
        }).isPresent();
    }

    private Optional<Integer> embeddedPort(Part part) {
        return Optional.ofNullable(ports.get(part));
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
