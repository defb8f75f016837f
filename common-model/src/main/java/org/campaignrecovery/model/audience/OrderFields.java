package org.campaignrecovery.model.audience;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How the fields of an order are called in the orders' collection. Templates use the names of {@link #DEFAULT} whatever they are called
 * there.
 */
public record OrderFields(String customerId, String name, String email, String phone, String orderDate, String orderId) {
    public static final OrderFields DEFAULT = new OrderFields("customer_id", "name", "email", "phone", "order_date", "order_id");

    public OrderFields {
        if (Set.copyOf(Arrays.asList(customerId, name, email, phone, orderDate, orderId)).size() < 6) {
            throw new IllegalArgumentException("two of the orders' fields have one name");
        }
    }

    /** Template name by document name, for the fields that every template may use. */
    Map<String, String> templateNames() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(customerId, DEFAULT.customerId);
        names.put(name, DEFAULT.name);
        names.put(email, DEFAULT.email);
        names.put(phone, DEFAULT.phone);
        return names;
    }
}
