package org.campaignrecovery.model.audience;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A customer's id as text, whichever type it was imported with: {@code 17850}, {@code 17850L}, {@code 17850.0} and {@code "17850"} are
 * one customer. Text stays as it is but for the white space around it: {@code "017850"} and {@code "17850.0"} are others.
 *
 * @param text never blank
 */
public record CustomerId(String text) implements Comparable<CustomerId> {
    public CustomerId {
        if (!text.equals(FieldValue.textOrNull(text))) {
            throw new IllegalArgumentException("a customer id is neither blank nor surrounded by white space: '" + text + "'");
        }
    }

    /** The id that a document's value names; empty for a blank one and for anything but text and numbers. */
    public static Optional<CustomerId> of(Object value) {
        if (!(value instanceof String || value instanceof Number)) {
            return Optional.empty();
        }
        return Optional.ofNullable(FieldValue.textOrNull(value)).map(CustomerId::new);
    }

    /**
     * The values by which a database finds this customer: the text and, when a number is written like it, that number ({@code Long} or
     * {@code Double}; databases that compare numbers across their types find the others by it).
     */
    public List<Object> storedAs() {
        List<Object> values = new ArrayList<>(List.of(text));
        Number number = numberOrNull();
        if (number != null && text.equals(FieldValue.textOrNull(number))) {
            values.add(number);
        }
        return List.copyOf(values);
    }

    private Number numberOrNull() {
        try {
            return text.indexOf('.') < 0 ? (Number) Long.valueOf(text) : (Number) Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public int compareTo(CustomerId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
