package org.campaignrecovery.ledger.doorbell;

import java.util.Properties;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.Config;

/** How an administrative client reaches Kafka: every setting {@code kafka.…}, and little patience. */
@ApplicationScoped
public class KafkaSettings {
    static final int PATIENCE_MS = 3_000;

    private final Properties common = new Properties();

    KafkaSettings(Config config) {
        for (String name : config.getPropertyNames()) {
            if (name.startsWith("kafka.")) {
                config.getOptionalValue(name, String.class).ifPresent(value -> common.put(name.substring("kafka.".length()), value));
            }
        }
        common.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        common.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    }

    /** The settings of the client with this name. */
    public Properties of(String clientId) {
        Properties settings = new Properties();
        settings.putAll(common);
        settings.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId);
        return settings;
    }
}
