package org.campaignrecovery.chaos.watch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.bson.Document;
import org.bson.conversions.Bson;
import org.campaignrecovery.chaos.report.Timeline;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;

/**
 * How long the work of a dead worker stands still: from its death until the first of the batches that it held, or its planning, has a new
 * lease. The promise presupposes that the database is up, that another worker is alive and that the campaign may be sent; as long as one of
 * these does not hold the time has not begun.
 */
public final class Takeovers implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(100);

    private final Supplier<MongoDatabase> ledger;
    private final String run;
    private final BooleanSupplier possible;
    private final Supplier<Set<String>> survivors;
    private final Timeline timeline;
    private final List<Case> open = new CopyOnWriteArrayList<>();
    private final List<Double> seconds = new CopyOnWriteArrayList<>();
    private final Loop loop;

    /** A dead worker's work. */
    private static final class Case {
        private final String name;
        private final String bootId;
        private long sinceNanos;
        private Map<String, Long> held;

        Case(String name, String bootId, long sinceNanos) {
            this.name = name;
            this.bootId = bootId;
            this.sinceNanos = sinceNanos;
        }
    }

    /**
     * @param possible whether the database is up and the campaign is not paused
     * @param survivors boot ids of the healthy workers
     */
    public Takeovers(Supplier<MongoDatabase> ledger, String run, BooleanSupplier possible, Supplier<Set<String>> survivors,
            Timeline timeline) {
        this.ledger = ledger;
        this.run = run;
        this.possible = possible;
        this.survivors = survivors;
        this.timeline = timeline;
        this.loop = new Loop("takeovers", EVERY, this::look);
    }

    /** That worker has just died. */
    public void died(String name, String bootId) {
        open.add(new Case(name, bootId, System.nanoTime()));
    }

    /** Of all that were taken over so far. */
    public List<Double> seconds() {
        return List.copyOf(seconds);
    }

    /** Those whose work stands still for longer than a limit, each once. */
    public List<String> overdue(Duration limit) {
        List<Case> late = open.stream().filter(one -> one.held != null && System.nanoTime() - one.sinceNanos > limit.toNanos()).toList();
        open.removeAll(late);
        return late.stream().map(one -> one.name + " (" + one.held + ")").toList();
    }

    private void look() {
        for (Case one : open) {
            try {
                look(one);
            } catch (RuntimeException e) {
                one.sinceNanos = System.nanoTime();
            }
        }
    }

    private void look(Case one) {
        if (!possible.getAsBoolean() || survivors.get().isEmpty()) {
            one.sinceNanos = System.nanoTime();
        }
        if (one.held == null) {
            one.held = held(one.bootId);
            if (one.held.isEmpty()) {
                open.remove(one);
            }
            return;
        }
        Map<String, Long> now = epochs(one.held);
        if (one.held.entrySet().stream().anyMatch(before -> now.getOrDefault(before.getKey(), before.getValue()) > before.getValue())) {
            double took = (System.nanoTime() - one.sinceNanos) / 1e9;
            seconds.add(took);
            open.remove(one);
            timeline.note("the work of %s (%d leases) was taken over after %.1f s", one.name, one.held.size(), took);
        }
    }

    private List<Document> leasedBy(String bootId) {
        return batches(Filters.and(Filters.eq("run", run), Filters.eq("state", "leased"), Filters.eq("owner", bootId)));
    }

    private Map<String, Long> held(String bootId) {
        Map<String, Long> held = new HashMap<>();
        leasedBy(bootId).forEach(batch -> held.put(batch.getString("_id"), epoch(batch)));
        Document planner = planner();
        if (planner != null && bootId.equals(planner.getString("owner"))) {
            held.put(run, epoch(planner));
        }
        return held;
    }

    private Map<String, Long> epochs(Map<String, Long> held) {
        Map<String, Long> epochs = new HashMap<>();
        batches(Filters.in("_id", held.keySet())).forEach(batch -> epochs.put(batch.getString("_id"), epoch(batch)));
        if (held.containsKey(run)) {
            Document planner = planner();
            epochs.put(run, planner == null ? Long.MAX_VALUE : epoch(planner));
        }
        return epochs;
    }

    /** Null once the run is planned. */
    private Document planner() {
        Document found = ledger.get().getCollection("runs").find(Filters.eq("_id", run)).projection(Projections.include("planner", "state"))
                .first();
        return found == null || !"planning".equals(found.getString("state")) ? null : found.get("planner", Document.class);
    }

    private List<Document> batches(Bson filter) {
        return ledger.get().getCollection("batches").find(filter).projection(Projections.include("epoch", "channel"))
                .into(new ArrayList<>());
    }

    private static long epoch(Document of) {
        return ((Number) of.get("epoch")).longValue();
    }

    @Override
    public void close() {
        loop.close();
    }
}
