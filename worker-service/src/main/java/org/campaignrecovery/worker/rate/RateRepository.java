package org.campaignrecovery.worker.rate;

import static org.campaignrecovery.model.guard.Change.assign;
import static org.campaignrecovery.model.guard.Condition.equal;
import static org.campaignrecovery.model.guard.GuardedUpdate.where;

import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.ledger.guard.GuardedRepository;

import io.quarkus.mongodb.panache.common.MongoEntity;
import io.smallrye.mutiny.Uni;

/** How far each shared rate is taken. */
@ApplicationScoped
public class RateRepository implements GuardedRepository<RateRepository.Rate> {

    /** From when on the rate is free; null when nobody has taken any. */
    Uni<Instant> free(String key) {
        return byId(key).map(rate -> rate == null ? null : rate.next());
    }

    /** Takes the rate up to {@code next}, unless somebody has changed it since it was seen; then false. */
    Uni<Boolean> take(String key, Instant seen, Instant next) {
        return seen == null
                ? mongoCollection().insertOne(new Rate(key, next)).replaceWith(true).onFailure(Duplicates::isDuplicateKey)
                        .recoverWithItem(false)
                : won(where(equal("_id", key), equal("next", seen)).then(assign("next", next)));
    }

    /** @param next from when on it is free */
    @MongoEntity(collection = "rate_limits")
    public record Rate(@BsonId String id, Instant next) {
    }
}
