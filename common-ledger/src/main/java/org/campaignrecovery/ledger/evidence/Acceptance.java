package org.campaignrecovery.ledger.evidence;

import org.campaignrecovery.model.evidence.EvidenceId;

/**
 * A proof that a provider has accepted a message.
 *
 * @param provider the source's name
 * @param providerId the provider's name for the message
 * @param delivery whose message it is
 * @param claim token of the attempt; null for one of a delivery whose claim is not known
 * @param detail how it came to be known, in a sentence
 */
public record Acceptance(String provider, String providerId, String delivery, String claim, String detail) {

    String evidenceId() {
        return EvidenceId.acceptance(provider, providerId);
    }

    /** What a proof comes to. */
    public enum Effect {
        /** The delivery was in doubt and is sent. */
        RESOLVED,
        /** The delivery waited, for its outcome or for an attempt, and is sent. */
        RECORDED,
        /** The delivery says so already. */
        KNOWN,
        /** The attempt is not the latest any more: whoever it was for may have two. */
        POSSIBLY_TWICE,
        /** That was known before. */
        KNOWN_TWICE,
        /** It is noted and changes nothing. */
        NOTED,
        /** The provider's name for the message is evidence for another delivery. */
        ANOTHERS
    }
}
