package org.campaignrecovery.api.continuity;

import java.time.Instant;

import org.campaignrecovery.ledger.generation.GenerationDocument;
import org.campaignrecovery.ledger.generation.GenerationDocument.Hold;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Where the ledger stands.
 *
 * @param held whether nothing is sent until an operator confirms
 * @param hold the latest time that it was held, confirmed or not, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Ledger", requiredProperties = {"held"})
public record LedgerView(String incarnation, Long generation, boolean held, Held hold) {

    /** @param dueUntil runs that were due up to then may have been sent without the ledger knowing; what is open of them is in doubt */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "LedgerHold", requiredProperties = {"reason", "marked"})
    public record Held(String reason, Long since, Long found, Instant at, Instant dueUntil, boolean marked, Instant confirmedAt,
            String confirmedBy, String confirmedWhy) {

        static Held of(Hold hold) {
            return new Held(hold.reason(), hold.generation(), hold.found(), hold.at(), hold.until(), Boolean.TRUE.equals(hold.moved()),
                    hold.confirmedAt(), hold.confirmedBy(), hold.confirmedWhy());
        }
    }

    static LedgerView of(GenerationDocument document) {
        return document == null
                ? new LedgerView(null, null, false, null)
                : new LedgerView(document.incarnation(), document.generation(), document.held(),
                        document.hold() == null ? null : Held.of(document.hold()));
    }
}
