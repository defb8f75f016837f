package org.campaignrecovery.model.audience;

import java.util.Map;

/**
 * A customer as their orders tell.
 *
 * @param fields the most recent value of each field as text, by template name; a field without a value is missing
 */
public record Customer(CustomerId id, Map<String, String> fields) {
    public Customer {
        fields = Map.copyOf(fields);
    }

    /** The raw e-mail address, or null. */
    public String email() {
        return fields.get(OrderFields.DEFAULT.email());
    }

    /** The raw phone number, or null. */
    public String phone() {
        return fields.get(OrderFields.DEFAULT.phone());
    }
}
