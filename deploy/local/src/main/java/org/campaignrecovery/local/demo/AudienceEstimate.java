package org.campaignrecovery.local.demo;

import java.util.HashMap;
import java.util.Map;

import org.bson.Document;

/** Counts customers with something in their e-mail and phone fields: a little more than will be reached. */
final class AudienceEstimate {
    private static final int EMAIL = 1;
    private static final int PHONE = 2;

    private final Map<Object, Integer> filled = new HashMap<>();

    void add(Document order) {
        Object customer = order.get("customer_id");
        if (customer != null) {
            filled.merge(customer, bit(order, "email", EMAIL) | bit(order, "phone", PHONE), (a, b) -> a | b);
        }
    }

    int messages() {
        return filled.values().stream().mapToInt(Integer::bitCount).sum();
    }

    private static int bit(Document order, String field, int bit) {
        return order.get(field) instanceof String text && !text.isBlank() ? bit : 0;
    }
}
