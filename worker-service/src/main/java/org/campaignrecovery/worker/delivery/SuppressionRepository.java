package org.campaignrecovery.worker.delivery;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.model.channel.Channel;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;

import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.panache.common.MongoEntity;
import io.quarkus.mongodb.panache.reactive.ReactivePanacheMongoRepositoryBase;
import io.smallrye.mutiny.Uni;

/** The addresses that are never sent to, whatever the campaign. */
@ApplicationScoped
public class SuppressionRepository implements ReactivePanacheMongoRepositoryBase<SuppressionRepository.Suppression, String> {

    /** Which of these normalised addresses are suppressed on the channel. */
    public Uni<Set<String>> among(Channel channel, Collection<String> addresses) {
        String prefix = channel.wire() + ":";
        return mongoCollection().find(Filters.in("_id", addresses.stream().map(prefix::concat).toList()),
                new FindOptions().projection(Projections.include("_id"))).collect()
                .in(HashSet<String>::new, (found, suppression) -> found.add(suppression.id().substring(prefix.length())))
                .map(found -> found);
    }

    /** @param id {@code <channel>:<normalised address>} */
    @MongoEntity(collection = "suppressions")
    public record Suppression(@BsonId String id) {
    }
}
