package org.campaignrecovery.api.erasure;

import static com.mongodb.client.model.Filters.eq;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import org.bson.Document;
import org.campaignrecovery.api.campaign.TestCampaigns;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryId;

import com.mongodb.client.model.Updates;

/** A run by e-mail as planners leave it, page by page, with what is sent of it said by the test. */
public final class TestPlannedRuns {
    private static final Date THEN = Date.from(Instant.parse("2026-11-23T10:00:00Z"));
    public static final String RESULT = "550 quotes the address";

    public final String campaign = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    public final String run = campaign + "@2026-11-23T10:00:00Z";
    private int pages;

    /** @param audience null for everybody */
    public static TestPlannedRuns insert(String state, Document audience) {
        TestPlannedRuns made = new TestPlannedRuns();
        Document everybody = new Document("allCustomers", true).append("size", 0L);
        String status = state.equals("failed") ? "failed" : state.equals("sending") ? "processing" : "completed";
        into("campaigns", TestCampaigns.stored(made.campaign, status)
                .append("current", new Document("runId", made.run).append("scheduledFor", THEN)));
        into("runs", new Document("_id", made.run).append("campaignId", made.campaign).append("campaignName", "c").append("type", "bulk")
                .append("state", state).append("scheduledFor", THEN).append("startedAt", THEN).append("finishedAt", THEN)
                .append("placed", true).append("published", true).append("round", 0).append("rev", 5L)
                .append("planner", new Document("owner", "w").append("epoch", 1L).append("hb", 1L))
                .append("frozen", new Document("channels", List.of("email")).append("audience", audience == null ? everybody : audience)
                        .append("delivery", new Document("onDoubt", "hold").append("catchUpWindow", "PT6H"))
                        .append("normaliserVersion", 1)));
        return made;
    }

    /**
     * A page that is planned.
     *
     * @param members {@code customer state} of each delivery
     */
    public TestPlannedRuns page(Object from, Object to, String batchState, String... members) {
        String batch = batch(pages);
        List<String> ids = new ArrayList<>();
        Document counts = new Document();
        for (String member : members) {
            String[] parts = member.split(" ");
            ids.add(delivery(parts[0]));
            counts.merge(parts[1], 1L, (a, b) -> (Long) a + (Long) b);
            deliver(batch, parts[0], parts[1]);
        }
        into("batches", new Document("_id", batch).append("run", run).append("channel", "email").append("state", batchState)
                .append("epoch", 1L).append("hb", 4L).append("members", ids).append("counts", counts).append("round", 0)
                .append("dirty", 0L).append("at", THEN));
        into("pages", page(from, to, "planned").append("batches", List.of(batch)));
        pages++;
        return this;
    }

    /** A page that is frozen and not planned; of the customers named last the deliveries are there already. */
    public TestPlannedRuns frozen(Object from, Object to, List<String> customers, String... delivered) {
        List<Document> rows = customers.stream().map(customer -> new Document("customer", customer)
                .append("data", new Document("name", "Ada")).append("addresses", new Document("email", address(customer)))).toList();
        for (String customer : delivered) {
            deliver(batch(pages), customer, "pending");
        }
        into("pages", page(from, to, "planning").append("rows", rows).append("batches", List.of()));
        pages++;
        return this;
    }

    private void deliver(String batch, String customer, String state) {
        into("deliveries", new Document("_id", delivery(customer)).append("run", run).append("batch", batch).append("channel", "email")
                .append("address", address(customer)).append("customer", customer).append("data", new Document("name", "Ada"))
                .append("state", state).append("fence", 1L).append("claim", state.equals("pending") ? null : "w:1").append("attempt", 1)
                .append("claimedAt", THEN).append("at", THEN).append("reason", RESULT));
        into("evidence", new Document("_id", "worker:" + delivery(customer)).append("delivery", delivery(customer)).append("claim", "w:1")
                .append("verdict", "failed").append("detail", RESULT).append("at", THEN));
    }

    private Document page(Object from, Object to, String state) {
        return new Document("_id", run + ":" + pages).append("run", run).append("n", pages).append("state", state).append("from", from)
                .append("to", to).append("skipped", new Document());
    }

    public String batch(int page) {
        return run + ":" + page + ":email";
    }

    public String address(String customer) {
        return "c" + customer + "-" + campaign + "@x.org";
    }

    public String delivery(String customer) {
        return DeliveryId.of(run, Channel.EMAIL, address(customer));
    }

    public Document deliveryOf(String customer) {
        return one("deliveries", delivery(customer));
    }

    public Document evidenceOf(String customer) {
        return one("evidence", "worker:" + delivery(customer));
    }

    public Document batchDocument(int page) {
        return one("batches", batch(page));
    }

    public Document pageDocument(int page) {
        return one("pages", run + ":" + page);
    }

    public Document runDocument() {
        return one("runs", run);
    }

    public static Document one(String collection, String id) {
        return LedgerQuery.ledger().getCollection(collection).find(eq("_id", id)).first();
    }

    public static void set(String collection, String id, String field, Object value) {
        LedgerQuery.ledger().getCollection(collection).updateOne(eq("_id", id), Updates.set(field, value));
    }

    public static void into(String collection, Document document) {
        LedgerQuery.ledger().getCollection(collection).insertOne(document);
    }
}
