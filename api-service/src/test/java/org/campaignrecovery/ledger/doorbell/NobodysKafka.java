package org.campaignrecovery.ledger.doorbell;

import java.util.Map;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Settings that lead to a port at which nobody listens. */
public final class NobodysKafka {

    private NobodysKafka() {
    }

    public static KafkaSettings at(int port) {
        return new KafkaSettings(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(Map.of("kafka.bootstrap.servers", "127.0.0.1:" + port), "test", 1)).build());
    }
}
