package org.campaignrecovery.api.run;

import java.time.Instant;
import java.util.List;

import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A delivery as the API shows it.
 *
 * @param resent true when it was sent again although its outcome was in doubt: it may have arrived twice
 * @param attempt how often it was handed to a provider, or is about to be
 * @param at last change of {@code state}
 * @param evidence what is known of its attempts besides; missing in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Delivery")
public record DeliveryView(String id, String runId, String batchId, String channel, String address, String customerId, String state,
        int attempt, Instant notBefore, String providerId, String reason, Boolean resent, Instant at, List<Evidence> evidence) {

    /**
     * Something that somebody knows of an attempt.
     *
     * @param claim the attempt's token, or missing
     * @param verdict the state that it speaks for
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Evidence")
    public record Evidence(String id, String claim, String verdict, String detail, Instant at) {
    }

    static DeliveryView of(DeliveryDocument delivery) {
        return new DeliveryView(delivery.id(), delivery.run(), delivery.batch(), delivery.channel().wire(), delivery.address(),
                delivery.customer(), delivery.state().wire(), delivery.attempt(), delivery.notBefore(), delivery.providerId(),
                delivery.reason(), delivery.resent(), delivery.at(), null);
    }

    DeliveryView with(List<EvidenceRepository.Evidence> found) {
        return new DeliveryView(id, runId, batchId, channel, address, customerId, state, attempt, notBefore, providerId, reason, resent, at,
                found.stream().map(one -> new Evidence(one.id(), one.claim(), one.verdict(), one.detail(), one.at())).toList());
    }
}
