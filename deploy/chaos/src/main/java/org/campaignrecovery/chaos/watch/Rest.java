package org.campaignrecovery.chaos.watch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.bson.Document;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;

/**
 * Invariants 3 and 10: whether a run and its campaign are at rest: nothing of it is open, and every total that is stored anywhere is what a
 * recount of the deliveries comes to.
 */
public final class Rest {
    private Rest() {
    }

    /** What is not at rest yet, a sentence each; cheap as long as the run is not over. */
    public static List<String> missing(MongoDatabase ledger, String campaign, String run) {
        Document found = ledger.getCollection("runs").find(Filters.eq("_id", run)).first();
        Document of = ledger.getCollection("campaigns").find(Filters.eq("_id", campaign)).projection(Projections.include("status")).first();
        if (found == null || of == null) {
            return List.of("the run or its campaign is gone");
        }
        if (!List.of("completed", "cancelled").contains(found.getString("state"))) {
            return List.of("the run is " + found.getString("state"));
        }
        if (List.of("processing", "paused", "scheduled").contains(of.getString("status"))) {
            return List.of("the campaign is " + of.getString("status"));
        }
        return totals(ledger, run, found);
    }

    private static List<String> totals(MongoDatabase ledger, String run, Document found) {
        List<String> missing = new ArrayList<>();
        Map<String, Map<String, Long>> byBatch = new HashMap<>();
        Map<String, Map<String, Long>> byChannel = new HashMap<>();
        for (Document delivery : ledger.getCollection("deliveries").find(Filters.eq("run", run))
                .projection(Projections.include("batch", "channel", "state"))) {
            String state = delivery.getString("state");
            byBatch.computeIfAbsent(delivery.getString("batch"), batch -> new HashMap<>()).merge(state, 1L, Long::sum);
            byChannel.computeIfAbsent(delivery.getString("channel"), channel -> new HashMap<>()).merge(state, 1L, Long::sum);
        }
        byChannel.forEach((channel, states) -> List.of("pending", "sending", "retry_wait").stream().filter(states::containsKey)
                .forEach(state -> missing.add("%d of %s are %s".formatted(states.get(state), channel, state))));
        for (Document batch : ledger.getCollection("batches").find(Filters.eq("run", run))
                .projection(Projections.include("state", "counts", "dirty", "announced"))) {
            String id = batch.getString("_id");
            Map<String, Long> counted = byBatch.getOrDefault(id, Map.of());
            if (!counted.equals(positive(batch.get("counts", Document.class)))) {
                missing.add("batch=%s says %s, a recount %s".formatted(id, positive(batch.get("counts", Document.class)), counted));
            }
            if (!"done".equals(batch.getString("state"))) {
                missing.add("batch=%s is %s".formatted(id, batch.getString("state")));
            }
        }
        Document totals = found.get("totals", Document.class);
        byChannel.forEach((channel, counted) -> {
            Document stored = totals == null ? null : totals.get(channel, Document.class);
            if (stored == null || !positive(stored).equals(counted)) {
                missing.add("the run's totals of %s say %s, a recount %s".formatted(channel, stored, counted));
            }
        });
        return missing;
    }

    private static Map<String, Long> positive(Document counts) {
        Map<String, Long> positive = new HashMap<>();
        if (counts != null) {
            counts.forEach((state, number) -> {
                if (((Number) number).longValue() != 0) {
                    positive.put(state, ((Number) number).longValue());
                }
            });
        }
        return positive;
    }
}
