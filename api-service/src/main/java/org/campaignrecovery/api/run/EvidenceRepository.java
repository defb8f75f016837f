package org.campaignrecovery.api.run;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.ascending;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.ledger.guard.Duplicates;

import com.mongodb.client.model.InsertManyOptions;

import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.panache.common.MongoEntity;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Uni;

/** What is known about attempts beyond what their deliveries say. Append-only. */
@ApplicationScoped
public class EvidenceRepository implements ReactivePanacheMongoRepositoryBase<EvidenceRepository.Evidence, String> {
    private static final int AT_MOST = 1_000;

    /**
     * @param id {@code <source>:<what the source calls it>}
     * @param claim token of the attempt that it speaks of, or null
     * @param verdict the state that it speaks for
     */
    @MongoEntity(collection = "evidence")
    public record Evidence(@BsonId String id, String delivery, String claim, String verdict, String detail, Instant at) {
    }

    /** Appends what is not there yet. */
    public Uni<Void> append(List<Evidence> evidence) {
        return mongoCollection().insertMany(evidence, new InsertManyOptions().ordered(false)).replaceWithVoid()
                .onFailure(Duplicates::areAllDuplicateKeys).recoverWithNull();
    }

    /** The evidence about a delivery, the oldest first. */
    Uni<List<Evidence>> about(String delivery) {
        return mongoCollection().find(eq("delivery", delivery), new FindOptions().sort(ascending("at", "_id")).limit(AT_MOST)).collect()
                .asList();
    }
}
