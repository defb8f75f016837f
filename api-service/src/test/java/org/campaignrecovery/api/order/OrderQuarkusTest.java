package org.campaignrecovery.api.order;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.campaignrecovery.ledger.guard.Guards;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** Operators' orders as the ledger sees them; no worker is there to carry them out. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class OrderQuarkusTest {
    private static final Map<String, Object> RETRY = Map.of("states", List.of("failed"), "reason", "the provider is back");

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void aRetryReachesTheBatchesWithMembersConcernedAndNoOther() {
        TestCompletedRuns run = TestCompletedRuns.insert("failed", "sent", "failed", "sent", "in_doubt", "sent");
        retry(run).statusCode(200).body("messages", equalTo(2)).body("notConcerned", empty());

        Document ordered = run.runDocument();
        assertThat(ordered.getString("state")).isEqualTo("sending");
        assertThat(ordered.getInteger("round")).isEqualTo(1);
        assertThat(ordered.getBoolean("placed")).isTrue();
        assertThat(ordered.get("order", Document.class)).containsEntry("who", "operator").containsEntry("why", "the provider is back");
        assertThat(run.batchDocument(0).getString("state")).isEqualTo("ready");
        assertThat(run.batchDocument(0).get("order", Document.class)).containsEntry("round", 1).containsEntry("from", List.of("failed"));
        assertThat(run.batchDocument(1).getString("state")).isEqualTo("done");
        assertThat(run.audit()).hasSize(1).allSatisfy(entry -> assertThat(entry.getString("why")).contains("the provider is back"));
        TestSessions.as("operator").get("/api/campaigns/{id}/audit", run.campaign).then().statusCode(200).body("items.who",
                contains("operator"));

        retry(run).statusCode(409).body("detail", containsString("still under way"));
        assertThat(run.runDocument().getInteger("round")).as("one order at a time").isEqualTo(1);
    }

    @Test
    void anOrderAboutNothingChangesNothing() {
        TestCompletedRuns run = TestCompletedRuns.insert("sent", "sent");
        retry(run).statusCode(200).body("messages", equalTo(0));
        assertThat(run.runDocument().getString("state")).isEqualTo("completed");
        assertThat(run.audit()).isEmpty();
    }

    @Test
    void aResendIsForThoseStillInDoubtAndTellsOfTheOthers() {
        TestCompletedRuns run = TestCompletedRuns.insert("in_doubt", "in_doubt", "sent", "in_doubt");
        TestCompletedRuns other = TestCompletedRuns.insert("in_doubt");
        resolve(run, Map.of("decision", "resend", "deliveries",
                List.of(run.delivery(0), run.delivery(2), other.delivery(0), run.delivery(0)))).statusCode(200)
                .body("messages", equalTo(1)).body("notConcerned", contains(run.delivery(2), other.delivery(0)));
        assertThat(run.batchDocument(0).get("order", Document.class)).containsEntry("from", List.of("in_doubt"))
                .containsEntry("deliveries", List.of(run.delivery(0)));
        assertThat(run.batchDocument(1).getString("state")).as("nothing of it was named").isEqualTo("done");
        assertThat(run.deliveryDocument(0).getString("state")).as("moved by the lease, not here").isEqualTo("in_doubt");
        assertThat(other.runDocument().getString("state")).isEqualTo("completed");
    }

    @Test
    void whatAnOperatorKnowsIsWrittenAsEvidenceAndCountedAgain() {
        TestCompletedRuns run = TestCompletedRuns.insert("in_doubt", "in_doubt", "sent", "in_doubt");
        resolve(run, Map.of("decision", "sent", "deliveries", List.of(run.delivery(0), run.delivery(2)), "reason", "in the provider's log"))
                .statusCode(200).body("messages", equalTo(1)).body("notConcerned", contains(run.delivery(2)));
        assertThat(run.deliveryDocument(0)).containsEntry("state", "sent").containsEntry("reason",
                "operator said so: in the provider's log");
        assertThat(run.batchDocument(0).getLong("dirty")).as("before and after").isEqualTo(2);
        assertThat(LedgerQuery.all("evidence", eq("delivery", run.delivery(0)))).hasSize(1)
                .allSatisfy(evidence -> assertThat(evidence).containsEntry("verdict", "sent").containsEntry("claim", "w:0"));
        assertThat(LedgerQuery.all("evidence", eq("delivery", run.delivery(2)))).isEmpty();

        resolve(run, Map.of("decision", "failed", "all", true)).statusCode(200).body("messages", equalTo(2));
        assertThat(List.of(0, 1, 2, 3)).extracting(n -> run.deliveryDocument(n).getString("state")).containsExactly("sent", "failed",
                "sent", "failed");
        assertThat(run.runDocument().getString("state")).as("nothing is sent").isEqualTo("completed");
        assertThat(run.deliveryDocument(1).get("resent")).isNull();
    }

    /** The process that took the order died at this step; the sweep does the rest, and what is done already is not done again. */
    @ParameterizedTest
    @ValueSource(strings = {"nothing", "one batch", "all batches", "one batch, worked on"})
    void aSweepPlacesWhatACrashLeft(String placed) {
        TestCompletedRuns run = TestCompletedRuns.insert("failed", "sent", "sent", "failed", "failed", "in_doubt");
        Document order = new Document("round", 1).append("from", List.of("failed"));
        if (!placed.equals("nothing")) {
            open(run, 0, order);
        }
        if (placed.equals("all batches")) {
            open(run, 1, order);
        }
        if (placed.equals("one batch, worked on")) {
            TestCompletedRuns.set("batches", run.batch(0), "state", "done");
            TestCompletedRuns.set("batches", run.batch(0), "order", null);
        }
        TestCompletedRuns.set("runs", run.run, "order",
                new Document("from", List.of("failed")).append("who", "olga").append("at", new Date()));
        TestCompletedRuns.set("runs", run.run, "round", 1);
        TestCompletedRuns.set("runs", run.run, "placed", false);
        TestCompletedRuns.set("runs", run.run, "state", "sending");

        await().atMost(Duration.ofSeconds(20)).until(() -> run.runDocument().getBoolean("placed"));
        assertThat(run.batchDocument(1).getString("state")).isEqualTo("ready");
        assertThat(run.batchDocument(1).get("order", Document.class)).containsEntry("round", 1);
        assertThat(run.batchDocument(0).getString("state")).isEqualTo(placed.endsWith("worked on") ? "done" : "ready");
        assertThat(run.audit()).hasSize(1);
    }

    /**
     * Who was frozen while it placed the order had found a batch concerned; meanwhile evidence came in, another placed the order, and the
     * run ended. Awake, it must not open that batch: nobody looks for batches of a run that is over.
     */
    @Test
    void aBatchThatAnOrderHasPassedOverTakesItNoMore() {
        TestCompletedRuns run = TestCompletedRuns.insert("failed", "sent", "sent", "in_doubt", "sent", "sent");
        retry(run).statusCode(200);
        assertThat(run.batchDocument(1).getString("state")).isEqualTo("done");
        GuardedUpdate late = BatchRules.order(run.batch(1), 1, Instant.now());
        assertThat(LedgerQuery.ledger().getCollection("batches").updateOne(Guards.filter(late), Guards.update(late)).getModifiedCount())
                .isZero();
        GuardedUpdate next = BatchRules.order(run.batch(1), 2, Instant.now());
        assertThat(LedgerQuery.ledger().getCollection("batches").updateOne(Guards.filter(next), Guards.update(next)).getModifiedCount())
                .isOne();
    }

    @ParameterizedTest
    @CsvSource({"runs,state,planning,still under way", "runs,state,cancelled,was cancelled", "runs,state,failed,has failed",
            "runs,state,missed,was missed", "campaigns,status,cancelled,was cancelled", "campaigns,status,failed,run it now first"})
    void nothingIsSentAgainOfWhatMayNotBeSent(String collection, String field, String value, String sentence) {
        TestCompletedRuns run = TestCompletedRuns.insert("failed", "in_doubt");
        TestCompletedRuns.set(collection, collection.equals("runs") ? run.run : run.campaign, field, value);
        retry(run).statusCode(409).body("detail", containsString(sentence));
        resolve(run, Map.of("decision", "resend", "all", true)).statusCode(409);
        resolve(run, Map.of("decision", "failed", "all", true)).statusCode(200).body("messages", equalTo(1));
        assertThat(run.runDocument().getInteger("round")).isZero();
    }

    @Test
    void norAfterTheEndDateNorOfARunThatAnotherSystemHasSent() {
        TestCompletedRuns ended = TestCompletedRuns.insert("failed");
        TestCompletedRuns.set("runs", ended.run, "frozen.endDate", new Date(0));
        retry(ended).statusCode(409).body("detail", containsString("end date"));
        TestCompletedRuns foreign = TestCompletedRuns.insert("failed");
        LedgerQuery.ledger().getCollection("pages").deleteMany(eq("run", foreign.run));
        retry(foreign).statusCode(409).body("detail", containsString("another system"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"decision\":\"maybe\",\"all\":true}", "{\"decision\":\"sent\"}",
            "{\"decision\":\"sent\",\"all\":true,\"deliveries\":[\"x\"]}", "{\"decision\":\"sent\",\"deliveries\":[]}",
            "{\"decision\":\"sent\",\"all\":false}"})
    void aDecisionMustBeClear(String body) {
        TestSessions.as("operator").body(body).post("/api/runs/{id}/resolve", "x").then().statusCode(400).body("type",
                equalTo("/problems/validation"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"states\":[]}", "{\"states\":[\"in_doubt\"]}", "{\"states\":[\"failed\",\"sent\"]}"})
    void onlyWhatHasFailedIsTriedAgain(String body) {
        TestSessions.as("operator").body(body).post("/api/runs/{id}/retry", "x").then().statusCode(400);
    }

    @Test
    void aReplayTellsWhatIsThereAndChangesNothing() {
        TestCompletedRuns run = TestCompletedRuns.insert("sent", "sent", "failed", "in_doubt", "suppressed", "cancelled");
        Document before = run.runDocument();
        for (String dryRun : List.of("true", "false")) {
            TestSessions.as("operator").post("/api/runs/{id}/replay?dryRun=" + dryRun, run.run).then().statusCode(200)
                    .body("status", equalTo("completed")).body("dryRun", equalTo(Boolean.valueOf(dryRun)))
                    .body("channels.email.alreadySent", equalTo(2)).body("channels.email.failed", equalTo(1))
                    .body("channels.email.inDoubt", equalTo(1)).body("channels.email.suppressed", equalTo(1))
                    .body("channels.email.cancelled", equalTo(1)).body("channels.email.wouldSend", equalTo(0));
        }
        assertThat(run.runDocument()).isEqualTo(before);
        TestSessions.as("operator").post("/api/runs/{id}/replay?dryRun=perhaps", run.run).then().statusCode(400);
    }

    @Test
    void aReplayOfARunUnderWayRingsAgain() {
        TestCompletedRuns run = TestCompletedRuns.insert("pending", "sent");
        TestCompletedRuns.set("runs", run.run, "state", "sending");
        TestCompletedRuns.set("runs", run.run, "published", false);
        TestSessions.as("operator").post("/api/runs/{id}/replay", run.run).then().statusCode(200)
                .body("channels.email.wouldSend", equalTo(1)).body("dryRun", equalTo(true));
        assertThat(run.runDocument().getBoolean("published")).as("dry unless it is said otherwise").isFalse();
        TestSessions.as("operator").post("/api/runs/{id}/replay?dryRun=false", run.run).then().statusCode(200);
        assertThat(run.runDocument().getBoolean("published")).isTrue();
    }

    @Test
    void theExportIsCsvThatNoSpreadsheetCalculates() {
        TestCompletedRuns run = TestCompletedRuns.insert("sent", "in_doubt", "failed");
        TestCompletedRuns.set("deliveries", run.delivery(1), "reason", "=HYPERLINK(\"http://x\",\"y\")");
        TestCompletedRuns.set("deliveries", run.delivery(2), "address", "+12025550123");
        String csv = TestSessions.as("marketer").accept("text/csv").get("/api/runs/{id}/deliveries.csv", run.run).then().statusCode(200)
                .contentType("text/csv").extract().asString();
        assertThat(csv.split("\r\n")).hasSize(4);
        assertThat(csv).startsWith("id,channel,address,customerId,state,attempt,reason,resent,providerId,at,anonymised\r\n")
                .contains("\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"").contains(",+12025550123,");
        String doubt = TestSessions.as("marketer").get("/api/runs/{id}/deliveries.csv?state=in_doubt&channel=email", run.run).asString();
        assertThat(doubt.split("\r\n")).hasSize(2);
        assertThat(doubt).contains(run.delivery(1));
        TestSessions.as("marketer").get("/api/runs/nobody/deliveries.csv").then().statusCode(404);
        TestSessions.as("marketer").get("/api/runs/{id}/deliveries.csv?state=lost", run.run).then().statusCode(400);
    }

    @Test
    void aDeliveryShowsWhatIsKnownOfIt() {
        TestCompletedRuns run = TestCompletedRuns.insert("in_doubt");
        resolve(run, Map.of("decision", "sent", "all", true, "reason", "they called")).statusCode(200);
        TestSessions.as("marketer").get("/api/deliveries/{id}", run.delivery(0)).then().statusCode(200).body("attempt", equalTo(1))
                .body("evidence.verdict", contains("sent")).body("evidence[0].detail", containsString("they called"));
    }

    private static void open(TestCompletedRuns run, int batch, Document order) {
        TestCompletedRuns.set("batches", run.batch(batch), "state", "ready");
        TestCompletedRuns.set("batches", run.batch(batch), "round", 1);
        TestCompletedRuns.set("batches", run.batch(batch), "order", order);
    }

    private static ValidatableResponse retry(TestCompletedRuns run) {
        return TestSessions.as("operator").body(RETRY).post("/api/runs/{id}/retry", run.run).then();
    }

    private static ValidatableResponse resolve(TestCompletedRuns run, Map<String, ?> body) {
        return TestSessions.as("operator").body(body).post("/api/runs/{id}/resolve", run.run).then();
    }
}
