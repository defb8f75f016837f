package org.campaignrecovery.api.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.campaignrecovery.local.kafka.EmbeddedKafka;
import org.campaignrecovery.local.mongo.EmbeddedMongo;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A MongoDB-compatible server in memory and a Kafka broker, in this JVM, and the settings that lead there. */
public class EmbeddedLedger implements QuarkusTestResourceLifecycleManager {
    public static final String ADMIN = "root-admin";
    public static final String ADMIN_PASSWORD = "root-admin-password";
    public static final String PUBLIC_URL = "https://shop.example/campaigns/";

    private EmbeddedMongo mongo;
    private EmbeddedKafka kafka;
    private final NotificationReceiver receiver = new NotificationReceiver();

    @Override
    public Map<String, String> start() {
        try {
            Path data = Files.createTempDirectory("kafka");
            mongo = EmbeddedMongo.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null);
            kafka = EmbeddedKafka.start(0, data);
            return Map.ofEntries(Map.entry("CAMPAIGN_MONGO_URI", mongo.connectionString()),
                    Map.entry("MONGO_URI", mongo.connectionString()), Map.entry("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()),
                    Map.entry("ADMIN_USERNAME", ADMIN), Map.entry("ADMIN_PASSWORD_FILE", secretFile(ADMIN_PASSWORD)),
                    Map.entry("SMTP_HOST", "127.0.0.1"),
                    Map.entry("PUBLIC_URL", PUBLIC_URL), Map.entry("NOTIFICATION_WEBHOOK_URL", receiver.start()),
                    Map.entry("NOTIFICATION_WEBHOOK_SECRET", NotificationReceiver.SECRET), Map.entry("campaign.notifications.every", "1s"),
                    Map.entry("campaign.notifications.first-delay", "PT0.2S"),
                    Map.entry("FRONTEND_ORIGINS", "https://shop.example,https://other.shop.example"), Map.entry("BEHIND_PROXY", "true"),
                    Map.entry("OIDC_ENABLED", "true"), Map.entry("OIDC_AUDIENCE", "campaigns"),
                    Map.entry("quarkus.oidc.token.issuer", TokenProvider.ISSUER),
                    Map.entry("quarkus.oidc.public-key", TokenProvider.publicKey()),
                    Map.entry("TWILIO_ACCOUNT_SID", "AC0"), Map.entry("TWILIO_AUTH_TOKEN", "token"),
                    Map.entry("TWILIO_FROM", "+15005550006"), Map.entry("campaign.test-send.wait-for", "2s"),
                    Map.entry("campaign.limit.unsubscribe-per-second", "1"), Map.entry("campaign.limit.unsubscribe-burst", "50"),
                    Map.entry("campaign.retention.after", "0"), Map.entry("SESSION_ENCRYPTION_KEY", "a key only for these tests"),
                    Map.entry("quarkus.log.category.\"kafka\".level", "ERROR"),
                    Map.entry("quarkus.log.category.\"org.apache.kafka\".level", "ERROR"),
                    Map.entry("quarkus.log.category.\"state.change.logger\".level", "ERROR"));
        } catch (Exception e) {
            throw new IllegalStateException("the embedded stack does not start", e);
        }
    }

    /** As a container platform mounts it. */
    private static String secretFile(String secret) throws IOException {
        Path file = Files.writeString(Files.createTempFile("secret", null), secret + "\n");
        file.toFile().deleteOnExit();
        return file.toString();
    }

    @Override
    public void stop() {
        receiver.stop();
        if (kafka != null) {
            kafka.close();
        }
        if (mongo != null) {
            mongo.close();
        }
    }
}
