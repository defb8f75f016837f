package org.campaignrecovery.worker.event;

import java.time.Duration;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.eclipse.microprofile.config.Config;

import io.smallrye.reactive.messaging.ClientCustomizer;

/**
 * Consumers wait for Kafka's answers as long as it is away: the first record of a partition makes them ask what was committed, and one that
 * gives up over that, as it would after a minute, never consumes again. Not a setting of the channels: those take the same one for how long
 * a stop waits for its consumer, which must be seconds.
 */
@ApplicationScoped
class PatientConsumers implements ClientCustomizer<Map<String, Object>> {
    private static final int LONGEST_OUTAGE_MILLIS = (int) Duration.ofDays(1).toMillis();

    @Override
    public Map<String, Object> customize(String channel, Config settings, Map<String, Object> client) {
        if (client.containsKey(ConsumerConfig.GROUP_ID_CONFIG)) {
            client.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, LONGEST_OUTAGE_MILLIS);
        }
        return client;
    }
}
