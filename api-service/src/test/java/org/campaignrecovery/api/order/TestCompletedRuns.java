package org.campaignrecovery.api.order;

import static com.mongodb.client.model.Filters.eq;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import org.bson.Document;
import org.campaignrecovery.api.campaign.TestCampaigns;
import org.campaignrecovery.api.stack.LedgerQuery;

import com.mongodb.client.model.Updates;

/** A completed run as workers leave it: two batches of three, some members failed or in doubt. */
final class TestCompletedRuns {
    private static final Date THEN = Date.from(Instant.parse("2026-11-23T10:00:00Z"));

    final String campaign = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    final String run = campaign + "@2026-11-23T10:00:00Z";
    private final List<String> ids = new ArrayList<>();

    static TestCompletedRuns insert(String... states) {
        TestCompletedRuns made = new TestCompletedRuns();
        made.insertAll(List.of(states));
        return made;
    }

    private void insertAll(List<String> states) {
        Document settings = new Document("onDoubt", "hold").append("catchUpWindow", "PT6H");
        into("campaigns", TestCampaigns.stored(campaign, "completed"));
        into("runs", new Document("_id", run).append("campaignId", campaign).append("campaignName", "c").append("type", "bulk")
                .append("state", "completed").append("scheduledFor", THEN).append("startedAt", THEN).append("finishedAt", THEN)
                .append("placed", true).append("published", true).append("round", 0).append("rev", 5L)
                .append("planner", new Document("epoch", 1L).append("hb", 1L))
                .append("frozen", new Document("channels", List.of("email")).append("delivery", settings).append("normaliserVersion", 1)));
        for (int n = 0; n * 3 < states.size(); n++) {
            batch(n, states.subList(n * 3, Math.min(n * 3 + 3, states.size())));
        }
        into("pages", new Document("_id", run + ":9").append("run", run).append("n", 9).append("state", "end")
                .append("batchCount", (long) (states.size() + 2) / 3).append("batches", List.of()).append("skipped", new Document()));
    }

    private void batch(int n, List<String> states) {
        String batch = batch(n);
        List<String> members = new ArrayList<>();
        Document counts = new Document();
        for (String state : states) {
            String id = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
            members.add(id);
            counts.merge(state, 1L, (a, b) -> (Long) a + (Long) b);
            into("deliveries", new Document("_id", id).append("run", run).append("batch", batch).append("channel", "email")
                    .append("address", id + "@x.org").append("customer", "1").append("data", new Document()).append("state", state)
                    .append("fence", 1L).append("claim", "w:" + n).append("attempt", 1).append("at", THEN));
        }
        ids.addAll(members);
        into("batches", new Document("_id", batch).append("run", run).append("channel", "email").append("state", "done")
                .append("epoch", 1L).append("hb", 4L).append("members", members).append("counts", counts).append("round", 0)
                .append("dirty", 0L).append("at", THEN));
    }

    String batch(int n) {
        return run + ":" + n + ":email";
    }

    String delivery(int n) {
        return ids.get(n);
    }

    Document batchDocument(int n) {
        return one("batches", batch(n));
    }

    Document runDocument() {
        return one("runs", run);
    }

    Document deliveryDocument(int n) {
        return one("deliveries", ids.get(n));
    }

    List<Document> audit() {
        return LedgerQuery.all("audit", eq("campaign", campaign));
    }

    static Document one(String collection, String id) {
        return LedgerQuery.ledger().getCollection(collection).find(eq("_id", id)).first();
    }

    static void set(String collection, String id, String field, Object value) {
        LedgerQuery.ledger().getCollection(collection).updateOne(eq("_id", id), Updates.set(field, value));
    }

    private static void into(String collection, Document document) {
        LedgerQuery.ledger().getCollection(collection).insertOne(document);
    }
}
