package org.campaignrecovery.chaos.round;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

    /**
     * What is in doubt because its worker lost its lease must have been claimed by one that was killed or deposed, and each of those may have
     * left no more than a process may hold.
     */
    static List<String> contradictions(String channel, List<Document> inDoubt, Fleet fleet) {
        Map<String, Integer> byClaimant = new TreeMap<>();
        inDoubt.stream().filter(delivery -> LOST_LEASE.equals(delivery.getString("reason")) && delivery.getString("claim") != null)
                .forEach(delivery -> byClaimant.merge(claimant(delivery), 1, Integer::sum));
        List<String> contradictions = new ArrayList<>();
        byClaimant.forEach((bootId, doubt) -> {
            if (doubt > PER_PROCESS.get(channel)) {
                contradictions.add("%d of %s are in doubt of boot=%s alone".formatted(doubt, channel, bootId));
            }
            fleet.booted(bootId).filter(one -> !one.killedOrDeposed()).map(Incarnation::name).ifPresent(name -> contradictions
                    .add("%d of %s are in doubt of %s boot=%s, which was never killed or deposed".formatted(doubt, channel, name, bootId)));
        });
        return contradictions;
    }

    private static String claimant(Document delivery) {
        String claim = delivery.getString("claim");
        return claim.substring(0, claim.lastIndexOf(':'));
    }
}
