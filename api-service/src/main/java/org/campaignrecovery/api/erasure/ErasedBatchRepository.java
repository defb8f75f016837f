package org.campaignrecovery.api.erasure;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** The batches, which know their members. */
@ApplicationScoped
public class ErasedBatchRepository implements GuardedRepository<BatchDocument> {

    /** Ids of deliveries; none of a batch that is not there. */
    public Uni<List<String>> members(String batch) {
        return mongoCollection().find(eq("_id", batch), Document.class, new FindOptions().projection(include("members"))).collect().first()
                .map(found -> found == null ? List.of() : found.getList("members", String.class));
    }

    /** The ids of a run's batches. */
    public Uni<List<String>> ofRun(String run) {
        return mongoCollection().find(eq("run", run), Document.class, new FindOptions().projection(include("_id")))
                .map(found -> found.getString("_id")).collect().asList();
    }
}
