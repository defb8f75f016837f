package org.campaignrecovery.api.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** Dead letters: what lies there, and what becomes of it when it is published again. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class DeadLetterQuarkusTest {
    private static final String DLQ = "campaign-batch-dlq";
    private static final String SERVERS = LedgerQuery.setting("kafka.bootstrap.servers");

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
        redrive(Map.of("topic", DLQ)).statusCode(200);
    }

    @Test
    void whatAWorkerWouldUnderstandIsPublishedAsItWas() throws Exception {
        String batch = batch();
        write(batch, "{\"batchId\":\"" + batch + "\"}", "campaign.batch.v1");
        redrive(Map.of("topic", DLQ)).statusCode(200).body("topic", equalTo(DLQ)).body("read", equalTo(1)).body("published", equalTo(1))
                .body("refused", equalTo(0)).body("left", equalTo(0));
        ConsumerRecord<String, String> event = published(batch).get(0);
        assertThat(event.value()).isEqualTo("{\"batchId\":\"" + batch + "\"}");
        assertThat(new String(event.headers().lastHeader("ce_type").value(), UTF_8)).isEqualTo("campaign.batch.v1");
        assertThat(event.headers()).as("it is no dead letter any more").noneMatch(header -> header.key().startsWith("dead-letter"));

        redrive(Map.of("topic", DLQ)).statusCode(200).body("read", equalTo(0)).body("published", equalTo(0));
        assertThat(published(batch)).hasSize(1);
        redrive(Map.of("topic", DLQ, "again", true, "limit", 1_000)).statusCode(200);
        assertThat(published(batch)).as("once more, as it was asked for").hasSize(2);
    }

    @Test
    void whatIsPoisonStillIsNotPublishedAndSaid() throws Exception {
        String nobody = "nobody:0:" + UUID.randomUUID();
        write("a", "\u0000 garbage {", null);
        write("b", "{\"batchId\":\"" + nobody + "\"}", "campaign.batch.v1");
        write("c", "{\"batchId\":\"" + batch() + "\"}", "campaign.batch.v9");
        write("d", null, "campaign.batch.v1");
        redrive(Map.of("topic", DLQ)).statusCode(200).body("read", equalTo(4)).body("published", equalTo(0)).body("refused", equalTo(4))
                .body("stillPoison.key", hasSize(4)).body("stillPoison.reason", hasItem("there is no batch " + nobody))
                .body("stillPoison.reason", hasItem(containsString("campaign.batch.v9"))).body("left", equalTo(0));
        redrive(Map.of("topic", DLQ)).body("read", equalTo(0));
    }

    @Test
    void aLimitLeavesTheRestToTheNextCall() throws Exception {
        for (int n = 0; n < 5; n++) {
            write("k" + n, "{}", "campaign.batch.v1");
        }
        redrive(Map.of("topic", DLQ, "limit", 2)).statusCode(200).body("read", equalTo(2)).body("left", equalTo(3))
                .body("stillPoison.key", contains("k0", "k1"));
        redrive(Map.of("topic", DLQ)).body("read", equalTo(3)).body("stillPoison.key", contains("k2", "k3", "k4"));
    }

    @Test
    void theListTellsWhatLiesThereAndWhatWasHandled() throws Exception {
        String key = "k" + UUID.randomUUID();
        write(key, "{}", "campaign.batch.v1");
        List<Map<String, Object>> found = pages(DLQ);
        Map<String, Object> ours = found.get(found.size() - 1);
        assertThat(ours).containsEntry("topic", DLQ).containsEntry("partition", 0).containsEntry("key", key)
                .containsEntry("reason", "because").containsEntry("type", "campaign.batch.v1").containsEntry("handled", false);
        assertThat(ours.get("offset")).isNotNull();
        redrive(Map.of("topic", DLQ));
        assertThat(pages(DLQ)).last().satisfies(letter -> assertThat(letter).containsEntry("handled", true));
        assertThat(pages(null)).as("all topics").contains(pages(DLQ).get(0)).hasSizeGreaterThanOrEqualTo(found.size());
        assertThat(pages("campaign-due-dlq")).allSatisfy(letter -> assertThat(letter).containsEntry("topic", "campaign-due-dlq"));
        TestSessions.as("operator").get("/api/dead-letters?topic=campaign-batch").then().statusCode(400);
        TestSessions.as("operator").get("/api/dead-letters?cursor=x").then().statusCode(400);
        TestSessions.as("operator").get("/api/dead-letters?limit=1").then().body("next", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"topic\":\"campaign-batch\"}", "{\"topic\":\"campaign-batch-dlq\",\"limit\":0}",
            "{\"topic\":\"campaign-batch-dlq\",\"limit\":1001}"})
    void whatIsAskedForMustBeClear(String body) {
        TestSessions.as("operator").body(body).post("/api/dead-letters/redrive").then().statusCode(400).body("type",
                equalTo("/problems/validation"));
    }

    @Test
    void theMetersTell() throws Exception {
        write("m", "{}", "campaign.batch.v1");
        double before = refused();
        redrive(Map.of("topic", DLQ));
        assertThat(refused() - before).isEqualTo(1);
    }

    private static double refused() {
        return io.restassured.RestAssured.get("/q/metrics").asString().lines()
                .filter(line -> line.startsWith("campaign_dead_letters_refused_total{") && line.contains(DLQ))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    /** All of them, two at a time. */
    private static List<Map<String, Object>> pages(String topic) {
        List<Map<String, Object>> all = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            var page = TestSessions.as("operator").queryParam("topic", topic == null ? "" : topic).queryParam("limit", 2)
                    .queryParam("cursor", cursor).get("/api/dead-letters").then().statusCode(200).extract().jsonPath();
            all.addAll(page.getList("items"));
            cursor = page.getString("next");
        }
        return all;
    }

    private static ValidatableResponse redrive(Map<String, Object> body) {
        return TestSessions.as("operator").body(body).post("/api/dead-letters/redrive").then();
    }

    private static String batch() {
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 24) + "@2026-11-23T10:00:00Z:0:sms";
        LedgerQuery.ledger().getCollection("batches").insertOne(new Document("_id", id).append("state", "done").append("channel", "sms")
                .append("counts", new Document("sent", 1L)));
        return id;
    }

    private static void write(String key, String value, String type) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", SERVERS), new StringSerializer(),
                new StringSerializer())) {
            ProducerRecord<String, String> record = new ProducerRecord<>(DLQ, key, value);
            record.headers().add("dead-letter-reason", "because".getBytes(UTF_8));
            if (type != null) {
                record.headers().add("ce_type", type.getBytes(UTF_8));
            }
            producer.send(record).get(20, TimeUnit.SECONDS);
        }
    }

    /** What was ever published with this key where workers hear it. */
    private static List<ConsumerRecord<String, String>> published(String key) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", SERVERS), new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("campaign-batch").stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            List<ConsumerRecord<String, String>> found = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (key.equals(record.key())) {
                        found.add(record);
                    }
                });
            }
            return found;
        }
    }
}
