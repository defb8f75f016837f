package org.campaignrecovery.local.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {
    @TempDir
    Path data;

    @Test
    void createsTheTopicsAndKeepsRecordsOverARestart() throws Exception {
        int port;
        try (EmbeddedKafka kafka = EmbeddedKafka.start(0, data)) {
            port = kafka.port();
            assertThat(partitions(kafka.bootstrapServers())).isEqualTo(KafkaTopics.PARTITIONS);
            send(kafka.bootstrapServers(), "one");
        }
        try (EmbeddedKafka kafka = EmbeddedKafka.start(port, data)) {
            send(kafka.bootstrapServers(), "two");
            assertThat(received(kafka.bootstrapServers(), 2)).containsExactly("one", "two");
        }
    }

    private static Map<String, Integer> partitions(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            var names = admin.listTopics().names().get(10, TimeUnit.SECONDS);
            return admin.describeTopics(names).allTopicNames().get(10, TimeUnit.SECONDS).entrySet().stream()
                    .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, e -> e.getValue().partitions().size()));
        }
    }

    private static void send(String servers, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("campaign-due-dlq", "key", value)).get(10, TimeUnit.SECONDS);
        }
    }

    private static List<String> received(String servers, int count) {
        Map<String, Object> settings = Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest");
        List<String> values = new java.util.ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition("campaign-due-dlq", 0)));
            consumer.seekToBeginning(consumer.assignment());
            for (int i = 0; i < 20 && values.size() < count; i++) {
                consumer.poll(Duration.ofMillis(500)).forEach(r -> values.add(r.value()));
            }
        }
        return values;
    }
}
