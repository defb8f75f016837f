package org.campaignrecovery.api.evidence;

import static com.mongodb.client.model.Filters.eq;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import org.bson.Document;
import org.campaignrecovery.api.stack.LedgerQuery;

import com.mongodb.client.model.Updates;

/** One SMS of a completed run, and its batch. */
final class TestDoubt {
    static final String CLAIM = "boot:1";

    final String run = UUID.randomUUID().toString().replace("-", "").substring(0, 24) + "@2026-11-23T10:00:00Z";
    final String batch = run + ":0:sms";
    final String delivery = UUID.randomUUID().toString().replace("-", "").substring(0, 24);

    static TestDoubt inState(String state) {
        TestDoubt made = new TestDoubt();
        Date then = Date.from(Instant.parse("2026-11-23T10:00:00Z"));
        into("runs", new Document("_id", made.run).append("campaignId", made.run.substring(0, 24)).append("campaignName", "a test")
                .append("type", "bulk").append("state", "completed").append("scheduledFor", then).append("startedAt", then)
                .append("finishedAt", then).append("placed", true).append("published", true).append("round", 0).append("rev", 1L)
                .append("frozen", new Document("channels", List.of("sms")).append("delivery", new Document("onDoubt", "hold"))
                        .append("normaliserVersion", 1)));
        into("deliveries", new Document("_id", made.delivery).append("run", made.run).append("batch", made.batch).append("channel", "sms")
                .append("address", "+12025550101").append("customer", "1").append("data", new Document()).append("state", state)
                .append("fence", 1L).append("claim", CLAIM).append("attempt", 1).append("at", then));
        into("batches", new Document("_id", made.batch).append("run", made.run).append("channel", "sms").append("state", "done")
                .append("epoch", 1L).append("hb", 1L).append("members", List.of(made.delivery)).append("counts", new Document(state, 1L))
                .append("round", 0).append("dirty", 0L).append("at", then));
        return made;
    }

    TestDoubt with(String field, Object value) {
        LedgerQuery.ledger().getCollection("deliveries").updateOne(eq("_id", delivery), Updates.set(field, value));
        return this;
    }

    Document deliveryDocument() {
        return LedgerQuery.all("deliveries", eq("_id", delivery)).get(0);
    }

    Document batchDocument() {
        return LedgerQuery.all("batches", eq("_id", batch)).get(0);
    }

    List<String> evidence() {
        return LedgerQuery.all("evidence", eq("delivery", delivery)).stream().map(one -> one.getString("_id")).sorted().toList();
    }

    private static void into(String collection, Document document) {
        LedgerQuery.ledger().getCollection(collection).insertOne(document);
    }
}
