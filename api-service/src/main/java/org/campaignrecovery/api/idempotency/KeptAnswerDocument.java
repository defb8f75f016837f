package org.campaignrecovery.api.idempotency;

import java.time.Instant;
import java.util.Map;

import org.bson.codecs.pojo.annotations.BsonId;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * A request with an Idempotency-Key, and what it was answered.
 *
 * @param id of user, operation and key
 * @param request fingerprint of what was sent
 * @param at when it was begun last
 * @param status null as long as it is under way
 * @param headers those of the answer that a client uses
 * @param body JSON, or null for none
 */
@MongoEntity(collection = KeptAnswerDocument.COLLECTION)
public record KeptAnswerDocument(@BsonId String id, String request, Instant at, Integer status, Map<String, String> headers, String body) {
    public static final String COLLECTION = "idempotency_keys";

    boolean underWay() {
        return status == null;
    }
}
