package org.campaignrecovery.worker.rate;

import static org.campaignrecovery.model.guard.Change.assign;
import static org.campaignrecovery.model.guard.Condition.absent;
import static org.campaignrecovery.model.guard.Condition.equal;
import static org.campaignrecovery.model.guard.GuardedUpdate.where;

import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.rate.Slowdown;

import io.quarkus.mongodb.panache.common.MongoEntity;
import io.smallrye.mutiny.Uni;

/** How far each shared rate is taken. */
@ApplicationScoped
public class RateRepository implements GuardedRepository<RateRepository.Rate> {

    /** Null when nobody has taken any. */
    Uni<Rate> current(String key) {
        return byId(key);
    }

    /** Takes the rate up to {@code next}, unless somebody has changed it since it was seen; then false. */
    Uni<Boolean> take(String key, Instant seen, Instant next) {
        return seen == null
                ? mongoCollection().insertOne(new Rate(key, next, null, null)).replaceWith(true).onFailure(Duplicates::isDuplicateKey)
                        .recoverWithItem(false)
                : won(where(equal("_id", key), equal("next", seen)).then(assign("next", next)));
    }

    /** Slows it down, unless somebody has done so since it was seen; then false. */
    Uni<Boolean> slowDown(Rate seen, Slowdown slowdown) {
        return won(where(equal("_id", seen.id), seen.slowedAt == null ? absent("slowedAt") : equal("slowedAt", seen.slowedAt))
                .then(assign("share", slowdown.share()), assign("slowedAt", slowdown.since())));
    }

    /**
     * @param next from when on it is free
     * @param share {@link Slowdown#share}, null when it was never slowed down
     * @param slowedAt {@link Slowdown#since}
     */
    @MongoEntity(collection = "rate_limits")
    public record Rate(@BsonId String id, Instant next, Double share, Instant slowedAt) {

        /** Null for none. */
        Slowdown slowdown() {
            return share == null || slowedAt == null ? null : new Slowdown(share, slowedAt);
        }
    }
}
