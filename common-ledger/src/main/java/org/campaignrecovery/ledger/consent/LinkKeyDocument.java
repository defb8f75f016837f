package org.campaignrecovery.ledger.consent;

import java.time.Instant;

import org.bson.codecs.pojo.annotations.BsonId;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * A key: the one with which links are sealed, the one under which erased customers have pseudonyms. It lies in the ledger, as every service needs the same one, that of links for as long
 * as e-mails are kept.
 *
 * @param key in Base64
 */
@MongoEntity(collection = "keys")
public record LinkKeyDocument(@BsonId String id, String key, Instant createdAt) {
}
