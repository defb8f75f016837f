package org.campaignrecovery.model.explore;

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
    static final class Fields {
        private final Map<String, Object> values;
        private final int hash;

        private Fields(Map<String, Object> values) {
            this.values = Collections.unmodifiableMap(values);
            this.hash = values.hashCode();
        }

        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Fields fields && hash == fields.hash && values.equals(fields.values);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public String toString() {
            return values.toString();
        }
    }

    Map<String, Object> get(String id) {
        return byId.get(id).values;
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
        Map<String, Object> copy = new HashMap<>(get(id));
        copy.replaceAll((field, value) -> value instanceof Map<?, ?> nested ? new HashMap<>(nested) : value);
        return InMemoryGuards.apply(copy, update) ? put(id, copy) : null;
    }

    /** With this document, whatever was there. */
    Documents put(String id, Map<String, Object> document) {
        Map<String, Fields> more = new HashMap<>(byId);
        more.put(id, new Fields(document));
        return new Documents(Collections.unmodifiableMap(more));
    }
}
