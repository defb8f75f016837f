package org.campaignrecovery.ledger.consent;

import java.time.Instant;

import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.consent.SuppressionReason;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * An address that is never sent to on a channel, whatever the campaign.
 *
 * @param id {@link #id}
 * @param address normalised
 * @param by a user's name; null when its owner did it
 * @param run whose message was answered, or null
 */
@MongoEntity(collection = SuppressionDocument.COLLECTION)
public record SuppressionDocument(@BsonId String id, Channel channel, String address, SuppressionReason reason, Instant since, String by,
        String run, String note) {
    public static final String COLLECTION = "suppressions";
    private static final char SEPARATOR = ':';

    /** {@code <channel>:<normalised address>}. */
    public static String id(Channel channel, String address) {
        return channel.wire() + SEPARATOR + address;
    }

    public static SuppressionDocument of(Channel channel, String address, SuppressionReason reason, Instant since, String by, String run,
            String note) {
        return new SuppressionDocument(id(channel, address), channel, address, reason, since, by, run, note);
    }
}
