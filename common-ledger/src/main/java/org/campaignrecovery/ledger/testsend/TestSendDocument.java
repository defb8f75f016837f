package org.campaignrecovery.ledger.testsend;

import java.time.Instant;
import java.util.Map;

import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;
import org.campaignrecovery.model.testsend.TestSendState;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * A message that an author sends to one address to see it. Written by the api, sent by a worker. The content is the campaign's at the time
 * of the request.
 *
 * @param address normalised
 * @param email both parts, or null when the message is an SMS
 * @param sms null when the message is an e-mail
 * @param data the fields that the template uses
 * @param requestedBy a user's name
 * @param claim token of the process that sends it, or null
 * @param claimedAt or null
 * @param endedAt or null
 * @param reason why it is in its state, or null
 * @param providerId the provider's name for the message, or null
 */
@MongoEntity(collection = TestSendDocument.COLLECTION)
public record TestSendDocument(@BsonId String id, String campaignId, String campaignName, Channel channel, String address,
        EmailContent email, SmsContent sms, Map<String, String> data, TestSendState state, String requestedBy, Instant requestedAt,
        String claim, Instant claimedAt, Instant endedAt, String reason, String providerId) {
    public static final String COLLECTION = "test_sends";

    public static TestSendDocument requested(String id, String campaignId, String campaignName, Channel channel, String address,
            EmailContent email, SmsContent sms, Map<String, String> data, String requestedBy, Instant requestedAt) {
        return new TestSendDocument(id, campaignId, campaignName, channel, address, email, sms, data, TestSendState.REQUESTED,
                requestedBy, requestedAt, null, null, null, null, null);
    }
}
