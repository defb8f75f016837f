package org.campaignrecovery.local.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.campaignrecovery.local.processes.Poll;

/** What tests do to the stack's topics behind the services' backs. */
public final class Topics implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 20;
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> settings;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    /** @param broker its address */
    public Topics(String broker) {
        this.settings = Map.of("bootstrap.servers", broker, "acks", "all");
        this.admin = Admin.create(settings);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** A record as anybody might write it. @param type the header ce_type, or null for none */
    public void write(String topic, String key, byte[] value, String type) throws Exception {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value);
        if (type != null) {
            record.headers().add("ce_type", type.getBytes(StandardCharsets.UTF_8));
        }
        producer.send(record).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** As {@code kafka-topics.sh --delete} and {@code --create}: what lay in the topic is gone. */
    public void deleteAndCreate(String topic) throws Exception {
        admin.deleteTopics(List.of(topic)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (!Poll.until(Duration.ofSeconds(TIMEOUT_SECONDS), () -> created(topic))) {
            throw new IllegalStateException(topic + " could not be created again");
        }
    }

    /** Deleting goes on for a while after Kafka has said that it is done. */
    private boolean created(String topic) {
        try {
            admin.createTopics(List.of(new NewTopic(topic, KafkaTopics.PARTITIONS.get(topic), (short) 1))).all().get(TIMEOUT_SECONDS,
                    TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** How many records the topic has ever had. */
    public long records(String topic) throws Exception {
        return ends(List.of(topic)).values().stream().mapToLong(Long::longValue).sum();
    }

    /** The names of all headers of the records that are in the topic. */
    public Set<String> headers(String topic) throws Exception {
        Set<String> names = new HashSet<>();
        read(topic, record -> record.headers().forEach(header -> names.add(header.key())));
        return names;
    }

    /** Where the group stands; empty when it has committed nothing. */
    public Map<TopicPartition, Long> committed(String group) throws Exception {
        Map<TopicPartition, Long> committed = new HashMap<>();
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    /** Sets the offsets of a group that nobody is in to the beginning of everything. */
    public void rewind(String group) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> beginning = committed(group).keySet().stream()
                .collect(Collectors.toMap(partition -> partition, partition -> new OffsetAndMetadata(0)));
        admin.alterConsumerGroupOffsets(group, beginning).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** A group that nobody is in has committed nothing any more. */
    public void forget(String group) throws Exception {
        admin.deleteConsumerGroups(List.of(group)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }

    /** Writes every record of one topic, as it stands, to another. */
    public void republish(String from, String to) throws Exception {
        read(from, record -> producer.send(new ProducerRecord<>(to, null, record.key(), record.value(), record.headers())));
        producer.flush();
    }

    private void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) throws Exception {
        Map<TopicPartition, Long> ends = ends(List.of(topic));
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", settings.get("bootstrap.servers")), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(reader);
            }
        }
    }

    /** Whether the group has committed all records of the topic. */
    public boolean caughtUp(String group, String topic) {
        try {
            Map<TopicPartition, Long> committed = committed(group);
            return ends(List.of(topic)).entrySet().stream()
                    .allMatch(end -> end.getValue() == 0 || end.getValue().equals(committed.get(end.getKey())));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes every record of these topics {@code times} more, as they come, until it is closed. */
    public Echo echo(Set<String> topics, int times) {
        Echo echo = new Echo(topics, times);
        echo.start();
        return echo;
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }

    private Map<TopicPartition, Long> ends(Collection<String> topics) throws Exception {
        Map<TopicPartition, Long> ends = new HashMap<>();
        var latest = admin.listOffsets(partitions(topics).stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()))).all()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        latest.forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static List<TopicPartition> partitions(Collection<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            for (int n = 0; n < KafkaTopics.PARTITIONS.get(topic); n++) {
                partitions.add(new TopicPartition(topic, n));
            }
        }
        return partitions;
    }

    /** See {@link Topics#echo}. */
    public final class Echo extends Thread implements AutoCloseable {
        private static final String MARK = "echo";

        private final Set<String> topics;
        private final int times;
        private volatile boolean closed;
        private volatile int echoed;

        private Echo(Set<String> topics, int times) {
            super("echo");
            setDaemon(true);
            this.topics = topics;
            this.times = times;
        }

        /** Records heard so far, each of which was written again. */
        public int echoed() {
            return echoed;
        }

        @Override
        public void run() {
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", settings.get("bootstrap.servers")), new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())) {
                consumer.assign(partitions(topics));
                consumer.seekToEnd(consumer.assignment());
                consumer.assignment().forEach(consumer::position);
                while (!closed) {
                    consumer.poll(POLL).forEach(this::repeat);
                }
            }
        }

        private void repeat(ConsumerRecord<byte[], byte[]> heard) {
            if (heard.headers().lastHeader(MARK) != null) {
                return;
            }
            heard.headers().add(MARK, new byte[0]);
            for (int n = 0; n < times; n++) {
                producer.send(new ProducerRecord<>(heard.topic(), heard.partition(), heard.key(), heard.value(), heard.headers()));
            }
            echoed++;
        }

        @Override
        public void close() {
            closed = true;
            try {
                join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            producer.flush();
        }
    }
}
