package org.campaignrecovery.api.stack;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What lies in the topic {@code campaign-due}. */
public final class DueEvents {
    private static final String TOPIC = "campaign-due";
    private static final int PATIENCE = 20;

    private DueEvents() {
    }

    /** The first event of a run. */
    public static ConsumerRecord<String, String> of(String runId) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", LedgerQuery.setting("kafka.bootstrap.servers"), "auto.offset.reset", "earliest"),
                new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.partitionsFor(TOPIC).forEach(info -> partitions.add(new TopicPartition(TOPIC, info.partition())));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (int i = 0; i < PATIENCE; i++) {
                for (ConsumerRecord<String, String> event : consumer.poll(Duration.ofMillis(250))) {
                    if (runId.equals(header(event, "ce_id"))) {
                        return event;
                    }
                }
            }
        }
        throw new AssertionError("no event of the run " + runId);
    }

    public static String header(ConsumerRecord<String, String> event, String name) {
        return event.headers().lastHeader(name) == null
                ? null
                : new String(event.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
