package org.campaignrecovery.ledger.audit;

import java.time.Instant;
import java.util.UUID;

import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.model.campaign.CampaignStatus;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * One change of a campaign's status, or an order about one of its runs, which has neither from nor to; never changed, never removed. The campaign carries its latest one until it is known to be here, so
 * that a crash between the two writes loses nothing.
 *
 * @param campaign the campaign's id
 * @param who the user's name, or {@link #SYSTEM}
 * @param from null when the campaign was created
 * @param to null when it was deleted
 * @param why a sentence, or null
 */
@MongoEntity(collection = AuditDocument.COLLECTION)
public record AuditDocument(@BsonId String id, String campaign, String who, Instant at, CampaignStatus from, CampaignStatus to,
        String why) {
    public static final String COLLECTION = "audit";
    /** What changes by itself: the scheduler and the workers. */
    public static final String SYSTEM = "system";

    public static AuditDocument of(String campaign, String who, Instant at, CampaignStatus from, CampaignStatus to, String why) {
        return new AuditDocument(UUID.randomUUID().toString(), campaign, who, at, from, to, why);
    }
}
