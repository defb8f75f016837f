package org.campaignrecovery.ledger.evidence;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Sorts.ascending;

import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.ledger.guard.GuardedRepository;

import com.mongodb.client.model.InsertManyOptions;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** What is known about attempts beyond what their deliveries say. Append-only: appending something again does nothing. */
@ApplicationScoped
public class EvidenceRepository implements GuardedRepository<EvidenceDocument> {
    private static final int AT_MOST = 1_000;

    /** Whether it was not there yet. */
    public Uni<Boolean> append(EvidenceDocument evidence) {
        return mongoCollection().insertOne(evidence).replaceWith(true).onFailure(Duplicates::isDuplicateKey).recoverWithItem(false);
    }

    /** Appends what is not there yet. */
    public Uni<Void> append(List<EvidenceDocument> evidence) {
        return mongoCollection().insertMany(evidence, new InsertManyOptions().ordered(false)).replaceWithVoid()
                .onFailure(Duplicates::areAllDuplicateKeys).recoverWithNull();
    }

    /** The evidence about a delivery, the oldest first. */
    public Uni<List<EvidenceDocument>> about(String delivery) {
        return mongoCollection().find(eq("delivery", delivery), new FindOptions().sort(ascending("at", "_id")).limit(AT_MOST)).collect()
                .asList();
    }

    /** Those of these that are there. */
    public Uni<List<EvidenceDocument>> among(Collection<String> ids) {
        return mongoCollection().find(in("_id", ids)).collect().asList();
    }
}
