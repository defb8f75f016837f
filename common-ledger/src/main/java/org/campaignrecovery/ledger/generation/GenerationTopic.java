package org.campaignrecovery.ledger.generation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.campaignrecovery.ledger.doorbell.CloudEventHeaders;
import org.campaignrecovery.ledger.doorbell.KafkaSettings;
import org.campaignrecovery.model.generation.Position;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** The compacted topic in which the apis keep where the ledger stands, outside of the ledger. */
@ApplicationScoped
public class GenerationTopic {
    public static final String NAME = "campaign-ledger";
    public static final String TYPE = "campaign.ledger.v1";
    public static final String KEY = "ledger";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaSettings settings;

    GenerationTopic(KafkaSettings settings) {
        this.settings = settings;
    }

    /** The latest position in the topic; empty when it has none or does not exist. Fails when Kafka does not answer within seconds. */
    Uni<Optional<Position>> latest() {
        return Uni.createFrom().item(this::read).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Optional<Position> read() {
        Properties properties = settings.of("ledger-generation");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(properties, new StringDeserializer(),
                new StringDeserializer())) {
            if (!consumer.listTopics(PATIENCE).containsKey(NAME)) {
                return Optional.empty();
            }
            TopicPartition only = new TopicPartition(NAME, 0);
            consumer.assign(List.of(only));
            long end = consumer.endOffsets(List.of(only), PATIENCE).get(only);
            consumer.seekToBeginning(List.of(only));
            Optional<Position> latest = Optional.empty();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (consumer.position(only, PATIENCE) < end) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException("the topic " + NAME + " could not be read in time");
                }
                for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                    latest = later(latest, CloudEventHeaders.position(record.headers()));
                }
            }
            return latest;
        }
    }

    /** Two apis may write out of order: of one ledger the furthest position counts, of two the one that was written last. */
    private static Optional<Position> later(Optional<Position> before, Optional<Position> next) {
        return next.map(position -> before.map(position::later).orElse(position)).or(() -> before);
    }
}
