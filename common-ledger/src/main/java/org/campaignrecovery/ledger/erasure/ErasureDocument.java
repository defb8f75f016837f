package org.campaignrecovery.ledger.erasure;

import java.time.Instant;

import org.bson.codecs.pojo.annotations.BsonId;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * Somebody has asked for the erasure of a customer. Written before anything else is done, so that a planner who holds what it read of the
 * customer before finds it. A pseudonym is all that stays of the customer.
 *
 * @param id {@link org.campaignrecovery.model.erasure.Pseudonym}
 * @param customer canonical id as long as something is left to do; else null
 * @param at when it was asked for, the latest time
 * @param by the user's name
 * @param finishedAt null as long as something is left to do
 */
@MongoEntity(collection = ErasureDocument.COLLECTION)
public record ErasureDocument(@BsonId String id, String customer, Instant at, String by, Instant finishedAt) {
    public static final String COLLECTION = "erasures";
}
