package org.campaignrecovery.api.doctor;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.campaign.TestCampaigns;
import org.campaignrecovery.api.recovery.DeadLeaseSweep;
import org.campaignrecovery.api.recovery.TestLeases;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.campaignrecovery.local.kafka.KafkaTopics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Indexes;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Each check's subject is broken, and the sentence is read. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class DoctorQuarkusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    LedgerDatabaseCheck ledgerDatabase;
    @Inject
    LedgerGuardsCheck guards;
    @Inject
    OrdersDatabaseCheck ordersDatabase;
    @Inject
    AudiencesCheck audiences;
    @Inject
    KafkaTopicsCheck topics;
    @Inject
    KafkaInspection kafka;
    @Inject
    DeadLettersCheck deadLetters;
    @Inject
    SchedulersCheck schedulers;
    @Inject
    WorkersCheck workers;
    @Inject
    ClocksCheck clocks;
    @Inject
    SmtpCheck smtp;
    @Inject
    SendingSwitchCheck sendingSwitch;
    @Inject
    WaitingCampaignsCheck waiting;
    @Inject
    RunningCampaignsCheck running;
    @Inject
    LeasesCheck leases;
    @Inject
    ParkedBatchesCheck parked;
    @Inject
    DoubtCheck doubt;

    @BeforeEach
    void nothingOfOtherTests() {
        TestSessions.awaitReady();
        List.of("campaigns", "runs", "batches", "pages", "workers").forEach(name -> ledger(name).deleteMany(new Document()));
        LedgerQuery.orders().getCollection("orders").drop();
    }

    @Test
    void theReportHasEveryCheckInOrder() {
        var report = TestSessions.as("operator").get("/api/doctor").then().statusCode(200).body("checkedAt", notNullValue());
        List<String> names = report.extract().path("checks.name");
        assertThat(names).containsExactlyElementsOf(Arrays.stream(Subject.values()).map(Subject::wire).toList());
        report.body("status", equalTo("failure")).body("checks.find {it.name=='workers'}.finding",
                equalTo("no worker is alive: nothing is sent"));
        List<Map<String, String>> checks = report.extract().path("checks");
        assertThat(checks).allSatisfy(check -> assertThat(check.get("recommendation") == null).as("%s", check)
                .isEqualTo(check.get("status").equals("ok")));
        TestSessions.as("marketer").get("/api/doctor").then().statusCode(403);
    }

    @Test
    void anIndexThatIsMissing() {
        assertThat(look(ledgerDatabase).sentence()).startsWith("it answers in ");
        ledger("evidence").dropIndex(Indexes.ascending("delivery"));
        try {
            assertThat(look(ledgerDatabase)).extracting(Finding::status, Finding::sentence).containsExactly(CheckStatus.FAILURE,
                    "indexes are missing: evidence (delivery)");
        } finally {
            ledger("evidence").createIndex(Indexes.ascending("delivery"));
        }
        assertThat(look(ledgerDatabase).status()).isEqualTo(CheckStatus.OK);
    }

    @Test
    void aDatabaseThatGuards() {
        assertThat(look(guards)).isEqualTo(Finding.ok("of racing updates of one document exactly one wins"));
    }

    @Test
    void noOrdersAndOrdersWithoutTheIndex() {
        assertThat(look(ordersDatabase).sentence()).startsWith("there is no order in retail_db.orders");
        orders().insertOne(new Document("customer_id", 17850));
        assertThat(look(ordersDatabase)).satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(CheckStatus.WARNING);
            assertThat(finding.sentence()).isEqualTo(
                    "retail_db.orders has no index on customer_id: every page of a campaign reads the whole collection");
            assertThat(finding.recommendation()).contains("createIndex({\"customer_id\": 1})");
        });
        orders().createIndex(Indexes.ascending("customer_id"));
        assertThat(look(ordersDatabase)).isEqualTo(Finding.ok("there are orders in retail_db.orders, indexed by customer_id"));
    }

    @Test
    void targetedIdsThatDoNotExist() {
        String id = TestCampaigns.approved(TestCampaigns.with("targetedCustomerIds", List.of("17850", 13047, "A-1")));
        assertThat(look(audiences)).satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(CheckStatus.FAILURE);
            assertThat(finding.sentence()).isEqualTo(
                    "No customers found: none of the 3 targeted ids is in retail_db.orders (\"Spring sale\" (%s))".formatted(id));
            assertThat(finding.recommendation()).contains("ORDERS_COLLECTION");
        });
        orders().insertMany(List.of(new Document("customer_id", 17850), new Document("customer_id", "17850")));
        assertThat(look(audiences)).extracting(Finding::status, Finding::sentence).containsExactly(CheckStatus.WARNING,
                "1 of the 3 targeted ids are in retail_db.orders (\"Spring sale\" (%s))".formatted(id));
        orders().insertOne(new Document("customer_id", "A-1"));
        assertThat(look(audiences).status()).isEqualTo(CheckStatus.OK);
    }

    @Test
    void aTopicThatIsMissing() throws Exception {
        assertThat(look(topics)).isEqualTo(Finding.ok("5 topics with the partitions they are meant to have"));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.deleteTopics(List.of("campaign-due-dlq")).all().get();
            Finding finding = await().atMost(PATIENCE).until(() -> look(topics), found -> found.status() != CheckStatus.OK);
            assertThat(finding).isEqualTo(Finding.failure("the topic campaign-due-dlq does not exist",
                    "Create it: kafka-topics.sh --create --topic campaign-due-dlq --partitions 1."));
            admin.deleteTopics(List.of("campaign-batch")).all().get();
            await().atMost(PATIENCE).until(() -> !admin.listTopics().names().get().contains("campaign-batch"));
            admin.createTopics(List.of(new NewTopic("campaign-batch", 2, (short) 1))).all().get();
            await().atMost(PATIENCE).until(() -> look(topics).sentence()
                    .contains("the topic campaign-batch has 2 partition(s) instead of 24"));
            admin.deleteTopics(List.of("campaign-batch")).all().get();
            await().atMost(PATIENCE).until(() -> !admin.listTopics().names().get().contains("campaign-batch"));
        } finally {
            KafkaTopics.create(bootstrap());
        }
        await().atMost(PATIENCE).until(() -> look(topics).status() == CheckStatus.OK);
    }

    @Test
    void aGroupWithoutMembersAndOneThatIsBehind() {
        KafkaGroupsCheck check = new KafkaGroupsCheck(kafka, TestFindings.config(Duration.ofSeconds(5), 0));
        send("campaign-batch", "an event");
        assertThat(look(check)).satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(CheckStatus.WARNING);
            assertThat(finding.sentence()).contains("nobody hears campaign-batch: the group campaign-sender has no members");
            assertThat(finding.recommendation()).contains("ENABLE_SCHEDULERS=true");
        });
        try (KafkaConsumer<String, String> member = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap(), "group.id", "campaign-sender", "auto.offset.reset", "earliest",
                        "enable.auto.commit", "false"),
                new StringDeserializer(), new StringDeserializer())) {
            member.subscribe(List.of("campaign-batch"));
            await().atMost(PATIENCE).until(() -> !member.poll(Duration.ofMillis(200)).isEmpty());
            assertThat(look(check).sentence()).containsPattern("the group campaign-sender is \\d+ event\\(s\\) behind on campaign-batch");
            member.commitSync();
            while (!member.poll(Duration.ofMillis(500)).isEmpty()) {
                member.commitSync();
            }
            assertThat(look(check).sentence()).contains("campaign-sender: 1 member(s), 0 event(s) behind");
        }
    }

    @Test
    void deadLetters() {
        send("campaign-batch-dlq", "poison");
        assertThat(look(deadLetters)).satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(CheckStatus.WARNING);
            assertThat(finding.sentence()).containsPattern("[1-9]\\d* dead letter\\(s\\) in campaign-batch-dlq");
            assertThat(finding.recommendation()).contains("/api/dead-letters?topic=campaign-batch-dlq", "/api/dead-letters/redrive");
        });
    }

    @Test
    void thisApiIsSeenByItself() {
        await().atMost(PATIENCE).until(() -> look(schedulers).sentence()
                .equals("1 api process(es) start campaigns; this one has its schedulers on"));
    }

    @Test
    void aWorkerThatHasFallenSilent() {
        assertThat(look(workers)).isEqualTo(Finding.failure("no worker is alive: nothing is sent",
                "Start a worker: make up WORKERS=1, or java -jar worker-service/target/quarkus-app/quarkus-run.jar."));
        presence("w1", 100, 0);
        assertThat(look(workers).sentence()).startsWith("no worker is alive").containsPattern("worker w1 on host has given no sign of life "
                + "for 10\\d s");
        presence("w2", 0, 0);
        assertThat(look(workers).status()).isEqualTo(CheckStatus.WARNING);
    }

    @Test
    void aClockThatIsWrong() {
        presence("w1", 0, -6_000);
        assertThat(look(clocks)).extracting(Finding::status, Finding::sentence).containsExactly(CheckStatus.FAILURE,
                "the clock of worker w1 on host is 6.0 s behind the ledger's");
    }

    @Test
    void aMailServerThatAWorkerDoesNotReach() {
        presence("w1", 0, 0);
        assertThat(look(smtp)).extracting(Finding::status, Finding::sentence).containsExactly(CheckStatus.FAILURE,
                "worker w1 on host: mail:25 cannot be reached");
    }

    @Test
    void sendingThatWasStopped() {
        ledger("ledger").deleteOne(eq("_id", "sending"));
        assertThat(look(sendingSwitch)).isEqualTo(Finding.ok("sending is on"));
        ledger("ledger").insertOne(new Document("_id", "sending").append("stopped", true).append("who", "olga").append("why", "wrong price")
                .append("at", Date.from(Instant.parse("2026-11-24T09:00:00Z"))));
        try {
            assertThat(look(sendingSwitch)).extracting(Finding::status, Finding::sentence).containsExactly(CheckStatus.WARNING,
                    "all sending was stopped by olga at 2026-11-24T09:00:00Z: wrong price");
        } finally {
            ledger("ledger").deleteOne(eq("_id", "sending"));
        }
    }

    @Test
    void campaignsWaitAndRun() {
        String id = TestCampaigns.create(TestCampaigns.with("name", "Autumn"));
        TestSessions.as("marketer").post("/api/campaigns/{id}/submit", id).then().statusCode(200);
        assertThat(look(waiting)).isEqualTo(Finding.ok("1 wait(s) for approval, 0 approved, 0 scheduled"));
        assertThat(look(running)).isEqualTo(Finding.ok("no campaign is being sent"));
        String due = TestCampaigns.approved(TestCampaigns.valid(Instant.now().plusSeconds(2)));
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(due).equals("processing"));
        String sentence = await().atMost(PATIENCE).until(() -> look(running).sentence(), found -> found.contains("nobody plans its run"));
        assertThat(sentence).contains("1 being sent: \"Spring sale\" (%s) 0 of 0 planned so far done".formatted(due));
    }

    @Test
    void aLeaseWithoutAHeartbeat() {
        String run = run();
        batch(run, "leased", new Document("epoch", 3L).append("hb", 7L).append("owner", "dead"));
        assertThat(look(leases).sentence()).startsWith("1 lease(s) held");
        DeadLeaseSweep observer = TestLeases.observer(Duration.ofSeconds(1));
        TestLeases.pass(observer);
        assertThat(look(new LeasesCheck(observer)).status()).isEqualTo(CheckStatus.OK);
        await().atMost(PATIENCE).until(() -> {
            TestLeases.pass(observer);
            return look(new LeasesCheck(observer)).status() == CheckStatus.FAILURE;
        });
        assertThat(look(new LeasesCheck(observer)).sentence()).isEqualTo("held without a heartbeat: %s:0:email (epoch 3)".formatted(run));
    }

    @Test
    void aParkedBatchAndItsRelease() {
        String run = run();
        String id = run + ":0:email";
        assertThat(look(parked)).isEqualTo(Finding.ok("no batch is parked"));
        batch(run, "ready", new Document("parked", true).append("fruitless", 5).append("hb", 9L));
        assertThat(look(parked)).extracting(Finding::status, Finding::sentence).containsExactly(CheckStatus.FAILURE,
                "parked, and their runs cannot complete: batch %s of run %s".formatted(id, run));
        TestSessions.as("marketing-manager").post("/api/batches/{id}/release", id).then().statusCode(403);
        TestSessions.as("operator").post("/api/batches/{id}/release", id).then().statusCode(204);
        assertThat(LedgerQuery.all("batches", eq("_id", id)).get(0)).doesNotContainKeys("parked", "fruitless").containsEntry("state",
                "ready");
        assertThat(look(parked).status()).isEqualTo(CheckStatus.OK);
        TestSessions.as("operator").post("/api/batches/{id}/release", id).then().statusCode(409).body("detail",
                equalTo("this batch is not parked"));
        TestSessions.as("operator").post("/api/batches/{id}/release", "none").then().statusCode(404);
    }

    @Test
    void messagesInDoubt() {
        String run = run();
        batch(run, "done", new Document("counts", new Document("sent", 5L).append("in_doubt", 3L)));
        assertThat(look(doubt)).extracting(Finding::status, Finding::sentence).containsExactly(CheckStatus.WARNING,
                "3 message(s) in doubt: 3 of run " + run);
    }

    private static Finding look(DoctorCheck check) {
        return check.look().await().atMost(PATIENCE);
    }

    private static MongoCollection<Document> ledger(String name) {
        return LedgerQuery.ledger().getCollection(name);
    }

    private static MongoCollection<Document> orders() {
        return LedgerQuery.orders().getCollection("orders");
    }

    private static void presence(String id, long secondsAgo, long offset) {
        Date at = Date.from(Instant.now().minusSeconds(secondsAgo));
        ledger("workers").insertOne(new Document("_id", id).append("service", "worker").append("host", "host").append("schedulers", true)
                .append("sweeps", true).append("clockOffsetMillis", offset).append("at", at).append("startedAt", at)
                .append("reach", new Document("smtp", new Document("state", "failed").append("sentence", "mail:25 cannot be reached"))));
    }

    private static String run() {
        String id = UUID.randomUUID() + "@2026-11-24T10:00:00Z";
        ledger("runs").insertOne(new Document("_id", id).append("state", "sending"));
        return id;
    }

    private static void batch(String run, String state, Document more) {
        Document batch = new Document("_id", run + ":0:email").append("run", run).append("channel", "email").append("state", state)
                .append("epoch", 1L).append("hb", 1L).append("members", List.of()).append("counts", new Document());
        batch.putAll(more);
        ledger("batches").insertOne(batch);
    }

    private static void send(String topic, String value) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap()), new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value));
        }
    }

    private static String bootstrap() {
        return LedgerQuery.setting("kafka.bootstrap.servers");
    }
}
