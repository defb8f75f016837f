package org.campaignrecovery.model.guard;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.campaignrecovery.model.Wire;

/**
 * Evaluates guarded updates over maps as MongoDB evaluates them over documents: dotted fields reach into nested maps, numbers compare
 * across their types, a missing field is less than nothing, and two changes of one field are an error.
 */
public final class InMemoryGuards {
    private InMemoryGuards() {
    }

    /** How many of the documents were changed. */
    public static long apply(Collection<Map<String, Object>> documents, GuardedUpdate update) {
        return documents.stream().filter(document -> apply(document, update)).count();
    }

    /** Whether every condition held, so that the document was changed. */
    public static boolean apply(Map<String, Object> document, GuardedUpdate update) {
        requireDistinctFields(update);
        if (!holds(document, update)) {
            return false;
        }
        update.changes().forEach(change -> change(document, change));
        return true;
    }

    /** Whether every condition holds. */
    public static boolean holds(Map<String, Object> document, GuardedUpdate update) {
        for (Condition condition : update.guard()) {
            if (!holds(document, condition)) {
                return false;
            }
        }
        return true;
    }

    private static void requireDistinctFields(GuardedUpdate update) {
        Set<String> fields = new HashSet<>();
        for (Change change : update.changes()) {
            if (!fields.add(change.field())) {
                throw new IllegalArgumentException("MongoDB refuses two changes of " + change.field());
            }
        }
    }

    private static boolean holds(Map<String, Object> document, Condition condition) {
        Object value = value(read(document, condition.field()));
        if (condition instanceof Condition.Equal equal) {
            return Objects.equals(value, value(equal.value()));
        }
        if (condition instanceof Condition.OneOf oneOf) {
            return oneOf.values().stream().anyMatch(one -> Objects.equals(value, value(one)));
        }
        if (condition instanceof Condition.Less less) {
            return value != null && compare(value, value(less.value())) < 0;
        }
        Condition.AbsentOrAtMost bound = (Condition.AbsentOrAtMost) condition;
        return value == null || compare(value, value(bound.value())) <= 0;
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object a, Object b) {
        return ((Comparable<Object>) a).compareTo(b);
    }

    private static void change(Map<String, Object> document, Change change) {
        Map<String, Object> parent = document;
        String[] path = change.field().split("\\.");
        for (int i = 0; i < path.length - 1; i++) {
            parent = nested(parent, path[i]);
        }
        String field = path[path.length - 1];
        if (change instanceof Change.Assign assign) {
            parent.put(field, value(assign.value()));
        } else if (change instanceof Change.Add add) {
            parent.merge(field, add.amount(), (old, amount) -> (Long) value(old) + add.amount());
        } else {
            parent.remove(field);
        }
    }

    private static Object read(Map<String, Object> document, String field) {
        Object value = document;
        for (String step : field.split("\\.")) {
            value = value instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return value;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> nested(Map<String, Object> parent, String field) {
        return (Map<String, Object>) parent.computeIfAbsent(field, any -> new HashMap<String, Object>());
    }

    private static Object value(Object value) {
        if (value instanceof Wire wire) {
            return wire.wire();
        }
        return value instanceof Integer number ? (Object) number.longValue() : value;
    }
}
