package org.campaignrecovery.ledger.consent;

import java.time.Instant;

import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.model.consent.SuppressionReason;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * Who took a consent back, or gave it again: the history of an address, which is only added to. Written before what it tells of, so that
 * nothing is done without a trace.
 *
 * @param suppression {@link SuppressionDocument#id}
 * @param reason why the address is suppressed from then on; null when it is not any more
 * @param by a user's name; null when its owner did it
 */
@MongoEntity(collection = ConsentEventDocument.COLLECTION)
public record ConsentEventDocument(@BsonId String id, String suppression, Instant at, SuppressionReason reason, String by, String run,
        String note) {
    public static final String COLLECTION = "consents";
}
