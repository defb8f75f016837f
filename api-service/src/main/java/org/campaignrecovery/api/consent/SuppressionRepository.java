package org.campaignrecovery.api.consent;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.empty;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.ascending;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.conversions.Bson;
import org.campaignrecovery.api.paging.Paging;
import org.campaignrecovery.ledger.consent.SuppressionDocument;
import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.consent.SuppressionReason;

import com.mongodb.client.model.InsertManyOptions;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The suppression list. */
@ApplicationScoped
class SuppressionRepository implements GuardedRepository<SuppressionDocument> {
    private static final char BEHIND_ALL_TEXT = '\uffff';

    /** Those that match, by id; {@code channel}, {@code reason} and {@code beginning} (of the address) may be null for any. */
    Uni<List<SuppressionDocument>> page(Channel channel, SuppressionReason reason, String beginning, Paging paging) {
        List<Bson> filters = new ArrayList<>(List.of(filter(channel, reason, beginning)));
        if (paging.after() != null) {
            filters.add(gt("_id", paging.after()));
        }
        return mongoCollection().find(and(filters), new FindOptions().sort(ascending("_id")).limit(paging.oneMore())).collect().asList();
    }

    /** All of them, one at a time as they are asked for. */
    Multi<SuppressionDocument> all(Channel channel, SuppressionReason reason) {
        return mongoCollection().find(filter(channel, reason, null), new FindOptions().sort(ascending("_id")));
    }

    /** Which of these are suppressed already. */
    Uni<Set<String>> known(Collection<String> ids) {
        return mongoCollection().find(in("_id", ids), new FindOptions().projection(include("_id"))).collect()
                .in(HashSet<String>::new, (found, one) -> found.add(one.id())).map(found -> found);
    }

    /** Adds those that are not there. */
    Uni<Void> add(List<SuppressionDocument> suppressions) {
        return mongoCollection().insertMany(suppressions, new InsertManyOptions().ordered(false)).replaceWithVoid()
                .onFailure(Duplicates::areAllDuplicateKeys).recoverWithNull();
    }

    /** Gives one a reason that is not taken back as easily, if it still has {@code before}. True: it had. */
    Uni<Boolean> replace(SuppressionDocument suppression, SuppressionReason before) {
        return mongoCollection().replaceOne(and(eq("_id", suppression.id()), eq("reason", before.wire())), suppression)
                .map(result -> result.getMatchedCount() == 1);
    }

    /** True: it was there, for that reason; null for any. */
    Uni<Boolean> remove(String id, SuppressionReason reason) {
        Bson one = reason == null ? eq("_id", id) : and(eq("_id", id), eq("reason", reason.wire()));
        return mongoCollection().deleteOne(one).map(result -> result.getDeletedCount() == 1);
    }

    private static Bson filter(Channel channel, SuppressionReason reason, String beginning) {
        List<Bson> filters = new ArrayList<>();
        if (channel != null || beginning != null) {
            String start = beginning == null ? "" : beginning;
            filters.add(or(Arrays.stream(Channel.values()).filter(one -> channel == null || one == channel)
                    .map(one -> SuppressionDocument.id(one, start)).map(id -> and(gte("_id", id), lt("_id", id + BEHIND_ALL_TEXT)))
                    .toList()));
        }
        if (reason != null) {
            filters.add(eq("reason", reason.wire()));
        }
        return filters.isEmpty() ? empty() : and(filters);
    }
}
