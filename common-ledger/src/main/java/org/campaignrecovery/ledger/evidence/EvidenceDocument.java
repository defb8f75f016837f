package org.campaignrecovery.ledger.evidence;

import java.time.Instant;

import org.bson.codecs.pojo.annotations.BsonId;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * Something that somebody knows of an attempt beyond what its delivery says.
 *
 * @param id {@link org.campaignrecovery.model.evidence.EvidenceId}
 * @param claim token of the attempt that it speaks of, or null
 * @param verdict the state that it speaks for, or {@code undelivered} for a message that a provider accepted and could not deliver
 */
@MongoEntity(collection = EvidenceDocument.COLLECTION)
public record EvidenceDocument(@BsonId String id, String delivery, String claim, String verdict, String detail, Instant at) {
    public static final String COLLECTION = "evidence";
}
