package org.campaignrecovery.api.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.campaignrecovery.ledger.doorbell.KafkaSettings;

/**
 * The dead letters in Kafka. Its calls wait for Kafka, a few seconds at most, and fail with a {@link KafkaException}: they are for threads
 * that may wait. Partitions are assigned, not shared out: nobody else's reading is disturbed.
 */
@ApplicationScoped
class DeadLetterLog {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String OWN_HEADERS = "dead-letter-";

    private final KafkaSettings settings;
    private KafkaProducer<byte[], byte[]> producer;

    DeadLetterLog(KafkaSettings settings) {
        this.settings = settings;
    }

    /**
     * Some dead letters, the oldest of a partition first, partition after partition.
     *
     * @param next by partition, where the next reading begins
     * @param handled by partition, how far re-drives have come
     * @param left how many lie behind those that were read
     */
    record Portion(List<ConsumerRecord<byte[], byte[]>> records, Map<TopicPartition, Long> next, Map<TopicPartition, Long> handled,
            long left) {
    }

    /** Those that no re-drive has passed, or all from the beginning. */
    Portion unhandled(DeadLetterTopic topic, int atMost, boolean again) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(atMost)) {
            Map<TopicPartition, Long> handled = handled(consumer, topic);
            return read(consumer, again ? Map.of() : handled, handled, atMost);
        }
    }

    /** Those behind a place: a partition of a topic that does not exist has none. */
    Portion behind(DeadLetterTopic topic, int partition, long offset, int atMost) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(atMost)) {
            Map<TopicPartition, Long> handled = handled(consumer, topic);
            Map<TopicPartition, Long> from = new HashMap<>();
            handled.keySet().forEach(one -> from.put(one,
                    one.partition() < partition ? Long.MAX_VALUE : one.partition() == partition ? offset + 1 : 0));
            return read(consumer, from, handled, atMost);
        }
    }

    /** Publishes them again as they were before they became dead letters; returns when Kafka has acknowledged every one. */
    void publish(DeadLetterTopic topic, List<ConsumerRecord<byte[], byte[]>> records) {
        List<Future<?>> sent = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            ProducerRecord<byte[], byte[]> again = new ProducerRecord<>(topic.heard(), record.key(), record.value());
            record.headers().forEach(header -> {
                if (!header.key().startsWith(OWN_HEADERS)) {
                    again.headers().add(header);
                }
            });
            sent.add(producer().send(again));
        }
        for (Future<?> one : sent) {
            acknowledged(one);
        }
    }

    /** So far re-drives have come now. */
    void commit(Map<TopicPartition, Long> next) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        next.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(1)) {
            consumer.assign(offsets.keySet());
            consumer.commitSync(offsets, PATIENCE);
        }
    }

    private static void acknowledged(Future<?> sent) {
        try {
            sent.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while publishing", e);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new KafkaException("Kafka did not acknowledge an event", e);
        }
    }

    private static Map<TopicPartition, Long> handled(KafkaConsumer<byte[], byte[]> consumer, DeadLetterTopic topic) {
        List<TopicPartition> partitions = consumer.listTopics(PATIENCE).getOrDefault(topic.topic(), List.of()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions), PATIENCE);
        Map<TopicPartition, Long> handled = new HashMap<>();
        partitions.forEach(partition -> handled.put(partition,
                committed.get(partition) == null ? 0 : committed.get(partition).offset()));
        return handled;
    }

    private static Portion read(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> from, Map<TopicPartition, Long> handled,
            int atMost) {
        List<TopicPartition> partitions = handled.keySet().stream().sorted(Comparator.comparing(TopicPartition::partition)).toList();
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions, PATIENCE);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<TopicPartition, Long> next = new HashMap<>();
        long left = 0;
        for (TopicPartition partition : partitions) {
            long begin = Math.max(begins.get(partition), from.getOrDefault(partition, 0L));
            long position = begin;
            if (begin < ends.get(partition) && records.size() < atMost) {
                consumer.assign(List.of(partition));
                consumer.seek(partition, begin);
                position = read(consumer, partition, ends.get(partition), atMost, records);
                next.put(partition, position);
            }
            left += Math.max(0, ends.get(partition) - position);
        }
        return new Portion(records, next, handled, left);
    }

    /** Returns the offset behind the last record that was taken. */
    private static long read(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long end, int atMost,
            List<ConsumerRecord<byte[], byte[]>> records) {
        long patientUntil = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() >= end || records.size() == atMost) {
                    return record.offset();
                }
                records.add(record);
                patientUntil = System.nanoTime() + PATIENCE.toNanos();
            }
            if (System.nanoTime() > patientUntil) {
                throw new TimeoutException("Kafka did not bring the dead letters of " + partition);
            }
        }
        return Math.min(end, consumer.position(partition));
    }

    private KafkaConsumer<byte[], byte[]> consumer(int atMost) {
        Properties own = settings.of("dead-letters");
        own.put(ConsumerConfig.GROUP_ID_CONFIG, DeadLetterTopic.GROUP);
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        own.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        own.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        own.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, String.valueOf(Math.max(1, Math.min(atMost, 500))));
        return new KafkaConsumer<>(own, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        if (producer == null) {
            Properties own = settings.of("dead-letter-redrive");
            own.put(ProducerConfig.ACKS_CONFIG, "all");
            own.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
            own.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, String.valueOf(PATIENCE.toMillis()));
            own.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "2000");
            own.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "4000");
            own.put(ProducerConfig.LINGER_MS_CONFIG, "0");
            producer = new KafkaProducer<>(own, new ByteArraySerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }
}
