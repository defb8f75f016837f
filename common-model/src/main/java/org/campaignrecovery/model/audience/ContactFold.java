package org.campaignrecovery.model.audience;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Folds the orders of one customer, in whichever order they are read, to the most recent non-blank value of each field: by order date,
 * then order id (see {@link OrderPosition}), then the value itself, so that the result is one and the same for every reading order.
 * Cancelled orders count too: somebody has written an address into them. It keeps one value a field, however many orders there are.
 *
 * <p>The contact fields go by their template names, all others by the name that they have in the document; one that has a contact
 * field's template name without being it is left out. Not thread-safe.
 */
public final class ContactFold {
    private static final Set<String> CONTACT = Set.copyOf(OrderFields.DEFAULT.templateNames().values());

    private final OrderFields orderFields;
    private final Map<String, String> templateNames;
    private final Set<String> wanted;
    private final Map<String, Latest> latest = new HashMap<>();

    /** Keeps every field. */
    public ContactFold(OrderFields orderFields) {
        this(orderFields, null);
    }

    /** Keeps the contact fields and those {@code wanted}, by template name: what a run's templates use need not carry along the rest. */
    public ContactFold(OrderFields orderFields, Set<String> wanted) {
        this.orderFields = orderFields;
        this.templateNames = orderFields.templateNames();
        this.wanted = wanted == null ? null : Set.copyOf(wanted);
    }

    /** @param order a document's fields; text, numbers, booleans and instants count, nested values are ignored */
    public ContactFold add(Map<String, ?> order) {
        OrderPosition position = OrderPosition.of(order.get(orderFields.orderDate()), order.get(orderFields.orderId()));
        order.forEach((field, value) -> {
            String name = templateNameOrNull(field);
            String text = name == null ? null : FieldValue.textOrNull(value);
            if (text != null) {
                latest.merge(name, new Latest(position, text), Latest::later);
            }
        });
        return this;
    }

    /** The customer so far; empty when no order names one. */
    public Optional<Customer> customer() {
        Map<String, String> fields = new HashMap<>();
        latest.forEach((name, value) -> fields.put(name, value.text()));
        return CustomerId.of(fields.get(OrderFields.DEFAULT.customerId())).map(id -> new Customer(id, fields));
    }

    private String templateNameOrNull(String field) {
        String contact = templateNames.get(field);
        if (contact != null) {
            return contact;
        }
        boolean kept = !CONTACT.contains(field) && (wanted == null || wanted.contains(field));
        return kept ? field : null;
    }

    private record Latest(OrderPosition position, String text) {
        static Latest later(Latest a, Latest b) {
            int order = a.position.compareTo(b.position);
            return (order == 0 ? a.text.compareTo(b.text) : order) >= 0 ? a : b;
        }
    }
}
