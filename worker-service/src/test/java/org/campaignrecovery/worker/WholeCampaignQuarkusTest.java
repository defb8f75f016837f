package org.campaignrecovery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.campaignrecovery.ledger.doorbell.CloudEventHeaders;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.event.CampaignDue;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.Orders;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;

@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class WholeCampaignQuarkusTest {
    @Inject
    Ledger ledger;
    @Inject
    Orders orders;
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;
    @ConfigProperty(name = "test.record.mails")
    Path mails;
    @ConfigProperty(name = "test.record.messages")
    Path messages;

    @BeforeEach
    void open() {
        ledger.awaitOpen();
    }

    @Test
    void reachesEveryCustomerOnceOnEachChannel() throws IOException {
        orders.replaceByCustomers(130);
        RunDocument run = ledger.insert(TestRuns.planning(Channel.EMAIL, Channel.SMS));
        long sentBefore = Files.lines(messages).count();
        ring(run.id, CampaignDue.TYPE, new JsonObject().put("runId", run.id).encode());
        await().atMost(Duration.ofSeconds(60)).until(() -> ledger.run(run.id).state == RunState.COMPLETED);
        List<String> reached = Files.readAllLines(mails).stream().map(JsonObject::new).filter(mail -> run.id.equals(mail.getString("run")))
                .map(mail -> mail.getString("to")).toList();
        assertThat(reached).hasSize(130).doesNotHaveDuplicates();
        assertThat(Files.lines(messages).count() - sentBefore).isEqualTo(130);
        RunDocument done = ledger.run(run.id);
        assertThat(done.totals.get("email")).containsEntry("sent", 130L);
        assertThat(done.totals.get("sms")).containsEntry("sent", 130L);
        await().atMost(Duration.ofSeconds(5)).until(() -> ledger.campaign(run.campaignId).status == CampaignStatus.COMPLETED);
        assertThat(ledger.deliveries(run.id)).filteredOn(delivery -> delivery.channel() == Channel.SMS)
                .allSatisfy(delivery -> assertThat(delivery.providerId()).startsWith("SM"));
    }

    @Test
    void aRunWithoutAnybodyCompletes() {
        orders.replaceBy(List.of());
        RunDocument run = ledger.insert(TestRuns.planning(Channel.EMAIL));
        ring(run.id, CampaignDue.TYPE, new JsonObject().put("runId", run.id).encode());
        await().atMost(Duration.ofSeconds(60)).until(() -> ledger.run(run.id).state == RunState.COMPLETED);
    }

    @Test
    void garbageGoesToTheDeadLettersAndHoldsUpNobody() {
        orders.replaceByCustomers(3);
        for (String garbage : List.of("null", "{", "[]", "{\"runId\":\"nobody@never\"}")) {
            ring("k", CampaignDue.TYPE, garbage);
        }
        RunDocument run = ledger.insert(TestRuns.planning(Channel.EMAIL));
        ring("k", CampaignDue.TYPE, new JsonObject().put("runId", run.id).encode());
        await().atMost(Duration.ofSeconds(60)).until(() -> ledger.run(run.id).state == RunState.COMPLETED);
        await().atMost(Duration.ofSeconds(60)).until(() -> deadLetters("campaign-due-dlq") >= 4);
    }

    @Test
    void aRunWhoseContentIsNoTemplateFailsAndHoldsUpNobody() {
        orders.replaceByCustomers(3);
        RunDocument broken = ledger.insert(TestRuns.with(TestRuns.planning(Channel.EMAIL), new EmailContent("{{#open}}", null, "x", null)));
        RunDocument sound = ledger.insert(TestRuns.planning(Channel.EMAIL));
        ring("k", CampaignDue.TYPE, new JsonObject().put("runId", broken.id).encode());
        ring("k", CampaignDue.TYPE, new JsonObject().put("runId", sound.id).encode());
        await().atMost(Duration.ofSeconds(60)).until(() -> ledger.run(sound.id).state == RunState.COMPLETED);
        assertThat(ledger.run(broken.id).state).isEqualTo(RunState.FAILED);
        assertThat(ledger.run(broken.id).reason).contains("cannot be rendered");
        assertThat(ledger.campaign(broken.campaignId).status).isEqualTo(CampaignStatus.FAILED);
    }

    private void ring(String key, String type, String value) {
        ProducerRecord<String, String> record = new ProducerRecord<>(CampaignDue.TOPIC, null, key, value,
                CloudEventHeaders.of(key, type, "/test", Instant.now()));
        try (var producer = new KafkaProducer<>(Map.<String, Object>of("bootstrap.servers", kafka), new StringSerializer(),
                new StringSerializer())) {
            producer.send(record);
        }
    }

    private long deadLetters(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (var consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", kafka), new StringDeserializer(),
                new StringDeserializer())) {
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }
}
