package org.campaignrecovery.api.batch;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.guard.Guards;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

/** The batches that were put aside because every owner died over them. */
@ApplicationScoped
public class ParkedBatchRepository {
    private final ReactiveMongoCollection<Document> batches;

    ParkedBatchRepository(ReactiveMongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.batches = client.getDatabase(database).getCollection(BatchDocument.COLLECTION);
    }

    /** A batch that waits for an operator, and the run that waits for it. */
    public record Parked(String id, String run) {
    }

    public Uni<List<Parked>> parked(int atMost) {
        return batches.find(eq("parked", true), new FindOptions().projection(include("run")).limit(atMost))
                .map(batch -> new Parked(batch.getString("_id"), batch.getString("run"))).collect().asList();
    }

    /** False when it is not parked, or not any more. */
    Uni<Boolean> release(String id, Instant now) {
        GuardedUpdate release = BatchRules.unpark(id, now);
        return batches.updateOne(Guards.filter(release), Guards.update(release)).map(result -> result.getModifiedCount() == 1);
    }

    Uni<Boolean> exists(String id) {
        return batches.find(eq("_id", id), new FindOptions().projection(include("_id"))).collect().first().map(batch -> batch != null);
    }
}
