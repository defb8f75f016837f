package org.campaignrecovery.ledger.delivery;

import java.time.Instant;
import java.util.Map;

import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * One message to one address on one channel in one run.
 *
 * @param id {@link org.campaignrecovery.model.delivery.DeliveryId}
 * @param batch the batch that it belongs to for ever
 * @param address normalised
 * @param customer canonical id of the customer whom the message is rendered for
 * @param data the fields that the template uses
 * @param fence epoch of the batch's lease under which it may be claimed
 * @param claim token of the latest claim, or null
 * @param attempt tries handed to a provider or about to be
 * @param notBefore when it is worth another try, or null
 * @param providerId the provider's name for the message, or null
 * @param reason why it is in its state, or null
 * @param at last change of {@code state}
 * @param resent set when it was sent again although its outcome was in doubt, by an operator or the campaign's {@code onDoubt}; else null
 * @param claimedAt when the latest claim was issued, or null
 * @param possiblyTwice set when an earlier attempt than the latest turned out to have been accepted; else null
 * @param lookUps how often the provider was asked in vain what became of the latest attempt, or null
 * @param lookUpAt nobody asks it (again) before, or null
 * @param anonymised when it lost address, customer and data; it is closed then and stays so. Or null
 * @param firstAttemptAt when the first of its attempts was made, of those that count; null as long as none was refused for now
 */
@MongoEntity(collection = DeliveryDocument.COLLECTION)
public record DeliveryDocument(@BsonId String id, String run, String batch, Channel channel, String address, String customer,
        Map<String, String> data, DeliveryState state, long fence, String claim, int attempt, Instant notBefore, String providerId,
        String reason, Instant at, Boolean resent, Instant claimedAt, Boolean possiblyTwice, Integer lookUps, Instant lookUpAt,
        Instant firstAttemptAt, Instant anonymised) {
    public static final String COLLECTION = "deliveries";
    /** Why a delivery is cancelled whose customer was erased. */
    public static final String ERASED = "its customer was erased";

    /** A new delivery, open to the first lease of its batch. */
    public static DeliveryDocument pending(String id, String run, String batch, Channel channel, String address, String customer,
            Map<String, String> data, Instant now) {
        return new DeliveryDocument(id, run, batch, channel, address, customer, data, DeliveryState.PENDING, 1, null, 0, null, null, null,
                now, null, null, null, null, null, null, null);
    }

    /** The place of a message to somebody who was erased before it could be planned: so that the page has the same deliveries as without that. */
    public static DeliveryDocument erased(String id, String run, String batch, Channel channel, Instant now) {
        return new DeliveryDocument(id, run, batch, channel, null, null, null, DeliveryState.CANCELLED, 1, null, 0, null, null,
                ERASED, now, null, null, null, null, null, null, now);
    }

    /** The same, which nobody may claim: it may have been sent already, by a ledger that was lost. */
    public DeliveryDocument inDoubt(String why) {
        return new DeliveryDocument(id, run, batch, channel, address, customer, data, DeliveryState.IN_DOUBT, fence, claim, attempt,
                notBefore, providerId, why, at, resent, claimedAt, possiblyTwice, lookUps, lookUpAt, firstAttemptAt, anonymised);
    }
}
