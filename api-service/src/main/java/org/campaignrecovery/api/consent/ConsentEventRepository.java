package org.campaignrecovery.api.consent;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.ascending;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.consent.ConsentEventDocument;
import org.campaignrecovery.ledger.consent.SuppressionDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** The history of all suppressions. */
@ApplicationScoped
class ConsentEventRepository implements GuardedRepository<ConsentEventDocument> {
    private static final int LONGEST = 500;

    Uni<Void> suppressed(List<SuppressionDocument> suppressions) {
        return mongoCollection().insertMany(suppressions.stream().map(one -> new ConsentEventDocument(UUID.randomUUID().toString(),
                one.id(), one.since(), one.reason(), one.by(), one.run(), one.note())).toList()).replaceWithVoid();
    }

    Uni<Void> lifted(ConsentEventDocument event) {
        return mongoCollection().insertOne(event).replaceWithVoid();
    }

    /** What happened to one address, the oldest first. */
    Uni<List<ConsentEventDocument>> of(String suppression) {
        return mongoCollection().find(eq("suppression", suppression), new FindOptions().sort(ascending("at", "_id")).limit(LONGEST))
                .collect().asList();
    }
}
