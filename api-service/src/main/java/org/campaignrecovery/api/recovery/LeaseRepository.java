package org.campaignrecovery.api.recovery;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.guard.Guards;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.lease.LeaseObserver.Lease;
import org.campaignrecovery.model.run.RunRules;
import org.campaignrecovery.model.run.RunState;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.mongodb.client.model.Projections;

import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

/** The leases that workers hold, as far as an observer looks at them. */
@ApplicationScoped
class LeaseRepository {
    private static final Bson LEASE = Projections.include("epoch", "hb");
    private static final Bson PLANNER = Projections.include("planner");

    private final ReactiveMongoCollection<Document> batches;
    private final ReactiveMongoCollection<Document> runs;

    LeaseRepository(ReactiveMongoClient mongo, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.batches = mongo.getDatabase(database).getCollection(BatchDocument.COLLECTION);
        this.runs = mongo.getDatabase(database).getCollection(RunDocument.COLLECTION);
    }

    /** Leases of batches of runs that are under way. */
    Uni<List<Lease<String>>> batches() {
        return activeRuns().chain(active -> batches
                .find(and(in("run", active), eq("state", BatchState.LEASED.wire())), new FindOptions().projection(LEASE))
                .map(batch -> new Lease<>(batch.getString("_id"), number(batch, "epoch"), number(batch, "hb"))).collect().asList());
    }

    /** Leases of plannings. */
    Uni<List<Lease<String>>> planners() {
        return runs.find(and(eq("state", RunState.PLANNING.wire()), exists("planner.owner")), new FindOptions().projection(PLANNER))
                .map(run -> new Lease<>(run.getString("_id"), number(run.get("planner", Document.class), "epoch"),
                        number(run.get("planner", Document.class), "hb")))
                .collect().asList();
    }

    /** Batches of the run that anybody could have taken since {@code before}, the first {@code atMost}. */
    Uni<List<String>> waiting(String run, Instant before, Instant now, int atMost) {
        Bson due = or(exists("notBefore", false), lte("notBefore", now));
        return batches.find(and(eq("run", run), eq("state", BatchState.READY.wire()), ne("parked", true), lte("at", before), due),
                new FindOptions().projection(Projections.include("_id")).limit(atMost)).map(batch -> batch.getString("_id")).collect()
                .asList();
    }

    /** False when the owner lives after all, or when a worker was quicker. */
    Uni<Boolean> freeBatch(Lease<String> dead) {
        return won(batches, BatchRules.free(dead.key(), dead.epoch(), dead.hb()));
    }

    /** False when the planner lives after all, or when a worker was quicker. */
    Uni<Boolean> freePlanner(Lease<String> dead) {
        return won(runs, RunRules.freePlanning(dead.key(), dead.epoch(), dead.hb()));
    }

    private Uni<List<String>> activeRuns() {
        Bson active = in("state", RunState.PLANNING.wire(), RunState.SENDING.wire());
        return runs.find(active, new FindOptions().projection(Projections.include("_id"))).map(run -> run.getString("_id")).collect()
                .asList();
    }

    private static Uni<Boolean> won(ReactiveMongoCollection<Document> collection, GuardedUpdate update) {
        return collection.updateOne(Guards.filter(update), Guards.update(update)).map(result -> result.getModifiedCount() == 1);
    }

    private static long number(Document document, String field) {
        return document.get(field, Number.class).longValue();
    }
}
