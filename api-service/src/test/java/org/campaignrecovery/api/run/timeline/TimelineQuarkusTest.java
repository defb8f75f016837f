package org.campaignrecovery.api.run.timeline;

import static com.mongodb.client.model.Filters.eq;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** A run's history as it is put together from what the ledger has of it. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class TimelineQuarkusTest {
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    private final String campaign = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    private final String run = campaign + "@" + START;

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void tellsEverythingInTimeOrder() {
        insert("runs", run("completed").append("overdueBySeconds", 7200L).append("coalesced", 2).append("plannedAt", at(30))
                .append("firstSentAt", at(2)).append("lastSentAt", at(80)).append("finishedAt", at(90)));
        insert("pages", new Document("_id", run + ":3").append("run", run).append("n", 3).append("state", "end").append("batchCount", 5L)
                .append("batches", List.of()).append("skipped", new Document()));
        insert("run_events", event(run + ":0:email:2", "batch_taken_over", 40).append("batch", run + ":0:email").append("epoch", 2L)
                .append("inDoubt", 2L));
        insert("run_events", event(run + ":planner:2", "planning_taken_over", 20).append("epoch", 2L));
        insert("audit", change("scheduled", "processing", 0).append("who", "system"));
        insert("audit", change("processing", "paused", 50).append("why", "wrong picture"));
        insert("audit", change("paused", "processing", 60));
        insert("audit", change("processing", "completed", 91));
        insert("deliveries", delivery("in_doubt", "no answer", 42));
        insert("deliveries", delivery("in_doubt", "no answer", 45));
        insert("deliveries", delivery("in_doubt", "swept", 41));
        insert("deliveries", delivery("sent", null, 43));

        TestSessions.as("operator").get("/api/runs/{id}/timeline", run).then().statusCode(200)
                .body("items.what", contains("scheduled", "started", "first_message", "planning_taken_over", "planned",
                        "batch_taken_over", "in_doubt", "in_doubt", "paused", "resumed", "last_message", "completed"))
                .body("items[1].detail", equalTo("overdue by PT2H; also stands for 2 earlier occurrences that nobody was up for"))
                .body("items[4].detail", equalTo("3 pages, 5 batches")).body("items[5].count", equalTo(2))
                .body("items[5].batchId", equalTo(run + ":0:email")).body("items[7].detail", equalTo("no answer"))
                .body("items[7].count", equalTo(2)).body("items[7].at", equalTo(START.plusSeconds(42).toString()))
                .body("items[7].until", equalTo(START.plusSeconds(45).toString())).body("items[8].who", equalTo("olga"))
                .body("items[8].detail", equalTo("wrong picture"));
    }

    @Test
    void aRunUnderWayHasAFirstMessageOnceABatchWasPutDownAndNoLastOne() {
        insert("runs", run("sending"));
        insert("batches", new Document("_id", run + ":0:email").append("run", run).append("channel", "email").append("state", "done")
                .append("counts", new Document("sent", 2L)).append("firstSentAt", at(3)).append("lastSentAt", at(4)));
        TestSessions.as("operator").get("/api/runs/{id}/timeline", run).then().statusCode(200)
                .body("items.what", contains("scheduled", "started", "first_message")).body("items[1].detail", nullValue());
        TestSessions.as("operator").get("/api/runs/{id}", run).then().statusCode(200)
                .body("firstSentAt", equalTo(START.plusSeconds(3).toString())).body("lastSentAt", equalTo(START.plusSeconds(4).toString()));
    }

    @Test
    void aMissedRunWasNeverStarted() {
        Document missed = run("missed").append("overdueBySeconds", 30_000L);
        missed.remove("startedAt");
        insert("runs", missed);
        TestSessions.as("operator").get("/api/runs/{id}/timeline", run).then().statusCode(200)
                .body("items.what", contains("scheduled", "missed")).body("items[1].detail", containsString("PT8H20M"));
    }

    @Test
    void anUnknownRunIsNotFound() {
        TestSessions.as("operator").get("/api/runs/{id}/timeline", run).then().statusCode(404).body("type", equalTo("/problems/not-found"));
    }

    private Document run(String state) {
        Document settings = new Document("onDoubt", "hold").append("catchUpWindow", "PT6H");
        return new Document("_id", run).append("campaignId", campaign).append("campaignName", "c").append("type", "bulk")
                .append("state", state).append("scheduledFor", at(0)).append("startedAt", at(0)).append("placed", true)
                .append("published", true).append("round", 0).append("rev", 0L)
                .append("planner", new Document("epoch", 1L).append("hb", 1L))
                .append("frozen", new Document("channels", List.of("email")).append("delivery", settings).append("normaliserVersion", 1));
    }

    private Document event(String id, String kind, int second) {
        return new Document("_id", id).append("run", run).append("at", at(second)).append("kind", kind);
    }

    private Document change(String from, String to, int second) {
        return new Document("_id", UUID.randomUUID().toString()).append("campaign", campaign).append("who", "olga").append("at", at(second))
                .append("from", from).append("to", to);
    }

    private Document delivery(String state, String reason, int second) {
        return new Document("_id", UUID.randomUUID().toString()).append("run", run).append("state", state).append("reason", reason)
                .append("at", at(second));
    }

    private static Date at(int second) {
        return Date.from(START.plusSeconds(second));
    }

    private static void insert(String collection, Document document) {
        LedgerQuery.ledger().getCollection(collection).deleteMany(eq("_id", document.get("_id")));
        LedgerQuery.ledger().getCollection(collection).insertOne(document);
    }
}
