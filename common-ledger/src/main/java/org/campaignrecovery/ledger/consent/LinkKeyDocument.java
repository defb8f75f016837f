package org.campaignrecovery.ledger.consent;

import java.time.Instant;

import org.bson.codecs.pojo.annotations.BsonId;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * The key with which links are sealed. It lies in the ledger, as every service needs the same one for as long as e-mails are kept.
 *
 * @param key in Base64
 */
@MongoEntity(collection = "keys")
public record LinkKeyDocument(@BsonId String id, String key, Instant createdAt) {
}
