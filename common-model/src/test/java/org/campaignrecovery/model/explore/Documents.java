package org.campaignrecovery.model.explore;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.guard.InMemoryGuards;

/** The documents of a ledger by id, as one value: whoever changes one has another value. */
record Documents(Map<String, Fields> byId) {
    static final Documents NONE = new Documents(Map.of());

    /** What a document holds, never changed. Compared so often that its hash is kept. */
    static final class Fields extends AbstractMap<String, Object> {
        private final Map<String, Object> values;
        private final int hash;

        Fields(Map<String, Object> values) {
            this.values = Collections.unmodifiableMap(values);
            this.hash = values.hashCode();
        }

        /** As they are after the update, or null when its guard does not hold. */
        Fields after(GuardedUpdate update) {
            if (!InMemoryGuards.holds(values, update)) {
                return null;
            }
            Map<String, Object> copy = new HashMap<>(values);
            copy.replaceAll((field, value) -> value instanceof Map<?, ?> nested ? new HashMap<>(nested) : value);
            InMemoryGuards.apply(copy, update);
            return new Fields(copy);
        }

        @Override
        public Object get(Object field) {
            return values.get(field);
        }

        @Override
        public boolean containsKey(Object field) {
            return values.containsKey(field);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return values.entrySet();
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Fields fields && hash == fields.hash && values.equals(fields.values);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }

    Map<String, Object> get(String id) {
        return byId.get(id);
    }

    boolean has(String id) {
        return byId.containsKey(id);
    }

    Set<String> ids() {
        return byId.keySet();
    }

    String text(String id, String field) {
        return (String) get(id).get(field);
    }

    /** The number in the field, 0 when it is missing. */
    long number(String id, String field) {
        Object value = get(id).get(field);
        return value == null ? 0 : ((Number) value).longValue();
    }

    @SuppressWarnings("unchecked")
    List<String> list(String id, String field) {
        return (List<String>) get(id).get(field);
    }

    /** With one more document; as they are when its id is taken. */
    Documents insert(String id, Map<String, Object> document) {
        return has(id) ? this : put(id, document);
    }

    /** After the update, or null when its guard does not hold. */
    Documents update(String id, GuardedUpdate update) {
        Fields changed = byId.get(id).after(update);
        return changed == null ? null : put(id, changed);
    }

    /** With this document, whatever was there. */
    Documents put(String id, Map<String, Object> document) {
        Map<String, Fields> more = new HashMap<>(byId);
        more.put(id, document instanceof Fields fields ? fields : new Fields(document));
        return new Documents(Collections.unmodifiableMap(more));
    }
}
