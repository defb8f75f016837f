package org.campaignrecovery.api.run;

import java.time.Instant;
import java.util.List;

import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.evidence.EvidenceDocument;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A delivery as the API shows it.
 *
 * @param resent true when it was sent again although its outcome was in doubt: it may have arrived twice
 * @param possiblyTwice true when an earlier attempt than the latest turned out to have been accepted
 * @param lookUps how often the provider was asked in vain what became of the latest attempt
 * @param attempt how often it was handed to a provider, or is about to be
 * @param at last change of {@code state}
 * @param anonymised since when address, customer and reason are missing; missing as long as they are there
 * @param evidence what is known of its attempts besides; missing in lists
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Delivery", requiredProperties = {"id", "runId", "batchId", "channel", "state", "attempt", "at"})
public record DeliveryView(String id, String runId, String batchId, String channel, String address, String customerId, String state,
        int attempt, Instant notBefore, String providerId, String reason, Boolean resent,
        Boolean possiblyTwice, Integer lookUps, Instant at, Instant anonymised, List<Evidence> evidence) {

    /**
     * Something that somebody knows of an attempt.
     *
     * @param claim the attempt's token, or missing
     * @param verdict the state that it speaks for, or undelivered for a message that a provider accepted and could not deliver
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Evidence", requiredProperties = {"id", "verdict", "at"})
    public record Evidence(String id, String claim, String verdict, String detail, Instant at) {
    }

    static DeliveryView of(DeliveryDocument delivery) {
        return new DeliveryView(delivery.id(), delivery.run(), delivery.batch(), delivery.channel().wire(), delivery.address(),
                delivery.customer(), delivery.state().wire(), delivery.attempt(), delivery.notBefore(), delivery.providerId(),
                delivery.reason(), delivery.resent(), delivery.possiblyTwice(), delivery.lookUps(), delivery.at(), delivery.anonymised(),
                null);
    }

    DeliveryView with(List<EvidenceDocument> found) {
        return new DeliveryView(id, runId, batchId, channel, address, customerId, state, attempt, notBefore, providerId, reason, resent,
                possiblyTwice, lookUps, at, anonymised,
                found.stream().map(one -> new Evidence(one.id(), one.claim(), one.verdict(), one.detail(), one.at())).toList());
    }
}
