package org.campaignrecovery.worker.delivery;

import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.model.delivery.ClaimToken;

import io.quarkus.mongodb.panache.common.MongoEntity;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Uni;

/** What is known about attempts beyond what their deliveries say. Append-only. */
@ApplicationScoped
public class EvidenceRepository implements ReactivePanacheMongoRepositoryBase<EvidenceRepository.Evidence, String> {

    /** Appends what a worker learned of an attempt that its delivery no longer waits for. Appending it again does nothing. */
    public Uni<Void> append(String delivery, ClaimToken claim, String verdict, String detail, Instant at) {
        Evidence evidence = new Evidence("worker:" + claim + ":" + delivery, delivery, claim.toString(), verdict, detail, at);
        return mongoCollection().insertOne(evidence).replaceWithVoid().onFailure(Duplicates::isDuplicateKey).recoverWithNull();
    }

    /**
     * @param id {@code <source>:<what the source calls it>}
     * @param verdict the state that the evidence speaks for
     */
    @MongoEntity(collection = "evidence")
    public record Evidence(@BsonId String id, String delivery, String claim, String verdict, String detail, Instant at) {
    }
}
