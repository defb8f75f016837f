package org.campaignrecovery.api.run;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Sorts.ascending;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.conversions.Bson;
import org.campaignrecovery.api.paging.Paging;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Reads the deliveries. */
@ApplicationScoped
public class DeliveryRepository implements GuardedRepository<DeliveryDocument> {

    Uni<Optional<DeliveryDocument>> withId(String id) {
        return byId(id).map(Optional::ofNullable);
    }

    /** By id; {@code state} and {@code channel} may be null for any, as may {@code among}, the ids that are asked for. */
    Uni<List<DeliveryDocument>> page(String run, DeliveryState state, Channel channel, Collection<String> among, Paging paging) {
        List<Bson> filters = filters(run, state, channel);
        if (among != null) {
            filters.add(in("_id", among));
        }
        if (paging.after() != null) {
            filters.add(gt("_id", paging.after()));
        }
        return mongoCollection().find(and(filters), new FindOptions().sort(ascending("_id")).limit(paging.oneMore())).collect().asList();
    }

    /** All of them, one at a time as they are asked for; {@code state} and {@code channel} may be null for any. */
    Multi<DeliveryDocument> all(String run, DeliveryState state, Channel channel) {
        return mongoCollection().find(and(filters(run, state, channel)),
                new FindOptions().projection(exclude("data")).sort(ascending("_id")));
    }

    private static List<Bson> filters(String run, DeliveryState state, Channel channel) {
        List<Bson> filters = new ArrayList<>(List.of(eq("run", run)));
        if (state != null) {
            filters.add(eq("state", state.wire()));
        }
        if (channel != null) {
            filters.add(eq("channel", channel.wire()));
        }
        return filters;
    }
}
