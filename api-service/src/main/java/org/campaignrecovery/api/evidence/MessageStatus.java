package org.campaignrecovery.api.evidence;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import org.campaignrecovery.ledger.evidence.Acceptance;
import org.campaignrecovery.ledger.evidence.EvidenceDocument;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.evidence.EvidenceId;

/**
 * What Twilio says about a message. Whatever it says, it has given the message a name, and so has accepted it. Only what it says last is kept
 * as an event of its own: whether the message was delivered.
 *
 * @param error Twilio's code, or null
 */
record MessageStatus(String sid, String status, String error, String delivery, String claim) {
    static final String PROVIDER = "twilio";

    private static final String DELIVERED = "delivered";
    private static final String UNDELIVERED = "undelivered";
    private static final Set<String> LAST = Set.of(DELIVERED, UNDELIVERED, "failed");

    Acceptance acceptance() {
        return new Acceptance(PROVIDER, sid, delivery, claim, "Twilio told its status: " + status);
    }

    /** What becomes of the message once it is accepted; empty as long as that is open. */
    Optional<EvidenceDocument> end(Instant at) {
        if (!LAST.contains(status)) {
            return Optional.empty();
        }
        boolean arrived = status.equals(DELIVERED);
        String detail = arrived
                ? "delivered, Twilio says"
                : "Twilio accepted it and says %s%s".formatted(status, error == null ? "" : ", error " + error);
        return Optional.of(new EvidenceDocument(EvidenceId.event(PROVIDER, sid, status), delivery, claim,
                arrived ? DeliveryState.SENT.wire() : UNDELIVERED, detail, at));
    }
}
