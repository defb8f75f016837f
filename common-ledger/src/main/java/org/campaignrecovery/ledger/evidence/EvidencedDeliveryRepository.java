package org.campaignrecovery.ledger.evidence;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** The deliveries, as far as evidence concerns them. */
@ApplicationScoped
class EvidencedDeliveryRepository implements GuardedRepository<DeliveryDocument> {
    private static final Bson STANDING = include("run", "batch", "channel", "state", "claim", "providerId");

    /** A delivery without its content; null where it has nothing. */
    public record Standing(@BsonId String id, String run, String batch, Channel channel, DeliveryState state, String claim,
            String providerId) {
    }

    /** Where it stands, or null. */
    Uni<Standing> standing(String id) {
        return mongoCollection().find(eq("_id", id), Standing.class, new FindOptions().projection(STANDING)).collect().first();
    }

    /** Those of these names of a provider that deliveries carry. */
    Uni<Set<String>> carried(Collection<String> providerIds) {
        return mongoCollection().find(in("providerId", providerIds), Document.class, new FindOptions().projection(include("providerId")))
                .map(found -> found.getString("providerId")).collect().in(HashSet<String>::new, Set::add).map(found -> found);
    }
}
