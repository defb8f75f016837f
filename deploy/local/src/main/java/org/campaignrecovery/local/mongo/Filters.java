package org.campaignrecovery.local.mongo;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;

/** What a filter says about a single field, whatever else it asks for. */
final class Filters {

    private Filters() {
    }

    /**
     * The values one of which the field must equal for the filter to match, as {@link BsonOrder#key keys}; empty when
     * the filter does not say so in a way that an index can answer (by a plain value, {@code $eq} or {@code $in}).
     */
    static Optional<List<Object>> equalities(Document filter, String field) {
        if (filter.containsKey(field)) {
            return values(filter.get(field));
        }
        if (filter.get("$and") instanceof Collection<?> conjuncts) {
            for (Object conjunct : conjuncts) {
                Optional<List<Object>> values = conjunct instanceof Document part ? equalities(part, field) : Optional.empty();
                if (values.isPresent()) {
                    return values;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * What a filter says beyond the {@link #equalities} of the field, for documents that were found by those: to compare each of them with
     * each value again costs their product. The filter itself where it says more about the field than that.
     */
    static Document without(Document filter, String field) {
        Object condition = filter.get(field);
        boolean equalityOnly = condition != null && (!(condition instanceof Document operators) || !isOperators(operators)
                || operators.size() == 1 && (operators.containsKey("$in") || operators.containsKey("$eq")));
        if (!equalityOnly) {
            return filter;
        }
        Document rest = new Document();
        filter.forEach((name, value) -> {
            if (!name.equals(field)) {
                rest.put(name, value);
            }
        });
        return rest;
    }

    /** A key that no matching value of the field is below, or null. */
    static Object lowerBound(Document filter, String field) {
        return bound(filter, field, "$gte", "$gt");
    }

    /** A key that no matching value of the field is above, or null. */
    static Object upperBound(Document filter, String field) {
        return bound(filter, field, "$lte", "$lt");
    }

    private static Object bound(Document filter, String field, String inclusive, String exclusive) {
        if (filter.get(field) instanceof Document operators) {
            Object value = operators.getOrDefault(inclusive, operators.get(exclusive));
            return value == null || value instanceof Collection || value instanceof Map ? null : BsonOrder.key(value);
        }
        if (filter.get("$and") instanceof Collection<?> conjuncts) {
            return conjuncts.stream().filter(Document.class::isInstance)
                    .map(conjunct -> bound((Document) conjunct, field, inclusive, exclusive))
                    .filter(Objects::nonNull).findFirst().orElse(null);
        }
        return null;
    }

    private static Optional<List<Object>> values(Object condition) {
        if (condition instanceof Document operators && isOperators(operators)) {
            if (operators.containsKey("$eq")) {
                return keys(Collections.singletonList(operators.get("$eq")));
            }
            if (operators.get("$in") instanceof Collection<?> alternatives) {
                return keys(alternatives);
            }
            return Optional.empty();
        }
        return keys(Collections.singletonList(condition));
    }

    private static Optional<List<Object>> keys(Collection<?> values) {
        if (values.stream().anyMatch(v -> v instanceof Collection || BsonRegularExpression.isRegularExpression(v))) {
            return Optional.empty();
        }
        Set<Object> keys = new TreeSet<>(BsonOrder.INSTANCE);
        values.forEach(value -> keys.add(BsonOrder.key(value)));
        return Optional.of(List.copyOf(keys));
    }

    private static boolean isOperators(Document condition) {
        return condition.keySet().stream().anyMatch(key -> key.startsWith("$"));
    }
}
