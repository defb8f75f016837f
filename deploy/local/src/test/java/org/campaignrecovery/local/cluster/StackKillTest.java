package org.campaignrecovery.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.campaignrecovery.local.comparison.Receipts;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.smtp.SmtpDialogue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.mongodb.client.MongoClients;

/** What any part of the stack acknowledged must be there after a SIGKILL of the whole stack. */
class StackKillTest {
    private static final String TOPIC = "campaign-due-dlq";

    @TempDir
    Path root;
    private LocalCluster cluster;

    @AfterEach
    void killAll() {
        cluster.killAll();
    }

    @Test
    void everythingAcknowledgedSurvivesASigkill() throws Exception {
        cluster = new LocalCluster(new LocalDirectory(root), ClusterSettings.isolated());
        var stack = cluster.startStack();
        Map<String, String> before = cluster.addresses();
        produce(before);
        mail(before);
        insert(before);
        stack.kill();
        long killed = System.nanoTime();
        cluster.startStack();
        System.out.printf("stack: up %.1f s after a SIGKILL%n", (System.nanoTime() - killed) / 1e9);
        assertThat(cluster.addresses()).as("services find it where it was").isEqualTo(before);
        assertThat(consume(before)).containsExactly("value");
        assertThat(Receipts.mails(Path.of(before.get("SMTP_RECORD")), "r").of("a@customers.example")).isEqualTo(1);
        try (var client = MongoClients.create(before.get("MONGO_URI"))) {
            assertThat(client.getDatabase("d").getCollection("c").countDocuments()).isEqualTo(1);
        }
    }

    private static void produce(Map<String, String> addresses) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", addresses.get("KAFKA_BOOTSTRAP_SERVERS"), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, "key", "value")).get(10, TimeUnit.SECONDS);
        }
    }

    private static List<String> consume(Map<String, String> addresses) {
        Map<String, Object> settings = Map.of("bootstrap.servers", addresses.get("KAFKA_BOOTSTRAP_SERVERS"), "auto.offset.reset",
                "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
            consumer.seekToBeginning(consumer.assignment());
            return consumer.poll(Duration.ofSeconds(20)).records(new TopicPartition(TOPIC, 0)).stream().map(ConsumerRecord::value).toList();
        }
    }

    private static void mail(Map<String, String> addresses) throws Exception {
        try (var client = new SmtpDialogue(Integer.parseInt(addresses.get("SMTP_PORT")))) {
            assertThat(client.send("s@shop.example", "a@customers.example", "X-Campaign-Run: r\r\n\r\nHello")).startsWith("250");
        }
    }

    private static void insert(Map<String, String> addresses) {
        try (var client = MongoClients.create(addresses.get("MONGO_URI"))) {
            client.getDatabase("d").getCollection("c").insertOne(new Document("_id", 1));
        }
    }
}
