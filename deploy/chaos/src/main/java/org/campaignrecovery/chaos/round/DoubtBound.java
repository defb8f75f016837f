package org.campaignrecovery.chaos.round;

import java.util.Map;
import java.util.Optional;

import org.bson.Document;
import org.campaignrecovery.chaos.stage.Fleet;
import org.campaignrecovery.chaos.stage.Incarnation;

/** Invariant 4: how much may be in doubt, and of whom. */
final class DoubtBound {
    /** What a worker may hold without a recorded outcome, over all its batches. */
    static final Map<String, Integer> PER_PROCESS = Map.of("email", 64, "sms", 32);

    private static final String LOST_LEASE = "the worker that was sending it lost its lease";

    private DoubtBound() {
    }

    /** What is in doubt because its worker lost its lease must have been claimed by one that was killed or deposed. */
    static Optional<String> contradiction(Document delivery, Fleet fleet) {
        String claim = delivery.getString("claim");
        if (!LOST_LEASE.equals(delivery.getString("reason")) || claim == null) {
            return Optional.empty();
        }
        Optional<Incarnation> claimant = fleet.booted(claim.substring(0, claim.lastIndexOf(':')));
        return claimant.filter(one -> !one.killedOrDeposed())
                .map(one -> "%s is in doubt, but %s, which claimed it, was never killed or deposed".formatted(delivery.getString("_id"),
                        one.name()));
    }
}
