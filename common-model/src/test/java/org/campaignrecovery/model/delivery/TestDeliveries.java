package org.campaignrecovery.model.delivery;

import java.util.HashMap;
import java.util.Map;

import org.campaignrecovery.model.Wire;

/** Deliveries as a ledger would keep them. */
final class TestDeliveries {
    static final String BATCH = "run:0:email";

    private TestDeliveries() {
    }

    /** New, open to the first lease of its batch. */
    static Map<String, Object> pending(String id) {
        return new HashMap<>(Map.of("_id", id, "batch", BATCH, "state", "pending", "fence", 1L, "attempt", 0L));
    }

    static DeliveryState state(Map<String, Object> delivery) {
        return Wire.parse(DeliveryState.class, (String) delivery.get("state"));
    }
}
