package org.campaignrecovery.api.notification;

import java.time.Instant;

import org.bson.codecs.pojo.annotations.BsonId;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * Something to tell, once it was noticed. The id follows from what has happened, so that noticing it again does nothing.
 *
 * @param at when it happened
 * @param run or null
 * @param who did it, or null
 * @param why a sentence, or null
 * @param attempts begun so far
 * @param nextAt when the next attempt may begin
 */
@MongoEntity(collection = NotificationDocument.COLLECTION)
public record NotificationDocument(@BsonId String id, NotificationKind kind, Instant at, String campaign, String campaignName, String run,
        String who,
        String why, NotificationState state, int attempts, Instant nextAt) {
    static final String COLLECTION = "notifications";

    NotificationDocument attempt(Instant next) {
        return new NotificationDocument(id, kind, at, campaign, campaignName, run, who, why, state, attempts + 1, next);
    }

    NotificationDocument in(NotificationState now) {
        return new NotificationDocument(id, kind, at, campaign, campaignName, run, who, why, now, attempts, nextAt);
    }

    NotificationDocument later(Instant next) {
        return new NotificationDocument(id, kind, at, campaign, campaignName, run, who, why, state, attempts, next);
    }
}
