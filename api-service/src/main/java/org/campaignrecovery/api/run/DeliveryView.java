package org.campaignrecovery.api.run;

import java.time.Instant;

import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A delivery as the API shows it.
 *
 * @param resent true when it was sent again although its outcome was in doubt: it may have arrived twice
 * @param at last change of {@code state}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Delivery")
public record DeliveryView(String id, String runId, String batchId, String channel, String address, String customerId, String state,
        int attempt, Instant notBefore, String providerId, String reason, Boolean resent, Instant at) {

    static DeliveryView of(DeliveryDocument delivery) {
        return new DeliveryView(delivery.id(), delivery.run(), delivery.batch(), delivery.channel().wire(), delivery.address(),
                delivery.customer(), delivery.state().wire(), delivery.attempt(), delivery.notBefore(), delivery.providerId(),
                delivery.reason(), delivery.resent(), delivery.at());
    }
}
