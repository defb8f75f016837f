package org.campaignrecovery.systemtests;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Filters.regex;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.bson.Document;
import org.bson.conversions.Bson;

import com.mongodb.client.MongoDatabase;

/** What the tests ask the ledger's database, as it stands in LEDGER.md. */
record Ledger(MongoDatabase database) {
    private static final List<String> OPEN = List.of("pending", "sending", "retry_wait");

    List<Document> deliveries(Bson filter) {
        return database.getCollection("deliveries").find(filter).into(new ArrayList<>());
    }

    List<Document> deliveries(String run) {
        return deliveries(eq("run", run));
    }

    List<Document> inState(String run, String state) {
        return deliveries(and(eq("run", run), eq("state", state)));
    }

    /** What this process has claimed and not recorded yet. */
    List<Document> sendingOf(String run, String bootId) {
        return deliveries(and(eq("run", run), eq("state", "sending"), claimOf(bootId)));
    }

    /** Batches of the run that this process leases now. */
    Set<String> leasedBy(String run, String bootId) {
        return batches(and(eq("run", run), eq("state", "leased"), eq("owner", bootId))).keySet();
    }

    /** Batches of these that somebody has leased again. */
    Set<String> leasedAgain(Collection<String> batches) {
        return batches(and(in("_id", batches), gt("epoch", 1L))).keySet();
    }

    /** Those of them whose new owner has stamped its fence on every open member: a claim of the old one comes to nothing from here on. */
    Set<String> stampedAgain(Collection<String> batches) {
        Set<String> stamped = leasedAgain(batches);
        deliveries(and(in("batch", stamped), in("state", OPEN), eq("fence", 1L))).forEach(open -> stamped.remove(open.getString("batch")));
        return stamped;
    }

    /** Ids of deliveries whose latest claim is this process's. */
    Set<String> claimedBy(String run, String bootId) {
        return deliveries(and(eq("run", run), claimOf(bootId))).stream().map(delivery -> delivery.getString("_id"))
                .collect(Collectors.toSet());
    }

    /** Whether anybody else has claimed a member of these batches since their first lease. */
    boolean claimedByAnother(Collection<String> batches, String bootId) {
        return !deliveries(and(in("batch", batches), gt("fence", 1L), ne("claim", null), not(claimOf(bootId)))).isEmpty();
    }

    /**
     * Whether work on these batches has gone on without this process: another one has claimed a member, or has closed all of them, when
     * nothing was left to claim.
     */
    boolean wentOn(Collection<String> batches, String bootId) {
        return claimedByAnother(batches, bootId)
                || batches(and(in("_id", batches), eq("state", "done"), gt("epoch", 1L))).size() == batches.size();
    }

    Map<String, Document> batches(Bson filter) {
        Map<String, Document> found = new TreeMap<>();
        database.getCollection("batches").find(filter).forEach(batch -> found.put(batch.getString("_id"), batch));
        return found;
    }

    Map<String, Document> batches(String run) {
        return batches(eq("run", run));
    }

    List<Document> pages(String run) {
        return database.getCollection("pages").find(eq("run", run)).sort(new Document("n", 1)).into(new ArrayList<>());
    }

    /** The process that leases the run's planning now. */
    Optional<String> planner(String run) {
        Document planned = database.getCollection("runs").find(eq("_id", run)).first();
        return Optional.ofNullable(planned.getEmbedded(List.of("planner", "owner"), String.class));
    }

    /** Processes by the messages that they claimed last. */
    Map<String, Long> claimants(String run) {
        return deliveries(and(eq("run", run), ne("claim", null))).stream()
                .collect(Collectors.groupingBy(Ledger::claimant, Collectors.counting()));
    }

    /** What the run says of itself: messages by channel and state, those without any left out. */
    Map<String, Long> totals(String run) {
        Map<String, Long> flat = new TreeMap<>();
        Document totals = database.getCollection("runs").find(eq("_id", run)).first().get("totals", Document.class);
        totals.forEach((channel, counts) -> ((Document) counts).forEach((state, n) -> {
            if (((Number) n).longValue() > 0) {
                flat.put(channel + " " + state, ((Number) n).longValue());
            }
        }));
        return flat;
    }

    /** The same, from its deliveries. */
    Map<String, Long> recount(String run) {
        return deliveries(run).stream().collect(Collectors
                .groupingBy(one -> one.getString("channel") + " " + one.getString("state"), TreeMap::new, Collectors.counting()));
    }

    /** All documents of all collections that an api's user can make grow. */
    long documents() {
        return List.of("campaigns", "runs", "segments", "audit", "pages", "batches", "deliveries").stream()
                .mapToLong(collection -> database.getCollection(collection).countDocuments()).sum();
    }

    static String claimant(Document delivery) {
        String claim = delivery.getString("claim");
        return claim.substring(0, claim.lastIndexOf(':'));
    }

    private static Bson claimOf(String bootId) {
        return regex("claim", "^" + bootId + ":");
    }
}
