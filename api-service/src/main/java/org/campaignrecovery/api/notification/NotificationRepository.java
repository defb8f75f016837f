package org.campaignrecovery.api.notification;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.ledger.guard.GuardedRepository;

import com.mongodb.client.model.Sorts;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** What there is to tell, and what was told. */
@ApplicationScoped
class NotificationRepository implements GuardedRepository<NotificationDocument> {

    /** Keeps it, once. */
    Uni<Void> note(NotificationDocument noticed) {
        return mongoCollection().insertOne(noticed).replaceWithVoid().onFailure(Duplicates::isDuplicateKey).recoverWithNull();
    }

    /** Those of the ids that were noticed before. */
    Uni<Set<String>> known(List<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : mongoCollection().find(in("_id", ids)).map(NotificationDocument::id).collect().in(HashSet<String>::new, Set::add)
                        .map(Set::copyOf);
    }

    /** When the latest thing happened that was noticed. */
    Uni<Optional<Instant>> latest() {
        return mongoCollection().find(new FindOptions().sort(Sorts.descending("at")).limit(1)).collect().first()
                .map(found -> Optional.ofNullable(found).map(NotificationDocument::at));
    }

    /** Those whose time has come, the oldest first. */
    Uni<List<NotificationDocument>> due(Instant now, int atMost) {
        return mongoCollection().find(and(eq("state", NotificationState.PENDING.wire()), lte("nextAt", now)), new FindOptions()
                .sort(Sorts.ascending("nextAt")).limit(atMost)).collect().asList();
    }

    /** Replaces it unless somebody else has begun an attempt since it was read. */
    Uni<Boolean> replace(NotificationDocument seen, NotificationDocument next) {
        return mongoCollection().replaceOne(and(eq("_id", seen.id()), eq("state", NotificationState.PENDING.wire()),
                eq("attempts", seen.attempts())), next).map(result -> result.getMatchedCount() == 1);
    }

    /** Forgets what happened before and is no longer to be told. */
    Uni<Void> forget(Instant before) {
        return mongoCollection().deleteMany(and(in("state", NotificationState.DELIVERED.wire(), NotificationState.GIVEN_UP.wire()),
                lt("at", before))).replaceWithVoid();
    }
}
