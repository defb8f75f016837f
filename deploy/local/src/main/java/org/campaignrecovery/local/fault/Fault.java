package org.campaignrecovery.local.fault;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A fault that a stand-in shall show. Without any bound it strikes every time.
 *
 * @param id by which its strikes are counted, also over a restart of the stack
 * @param share of the occasions at which it strikes, from 0 to 1; which ones follows from {@code seed} and the occasion's number
 * @param times it strikes at most so often; null for no limit
 * @param perAddress it strikes at most so often for one recipient; null for no limit
 * @param code instead of the kind's usual one; null for that
 * @param millis instead of the kind's usual time; null for that
 */
public record Fault(String id, FaultKind kind, double share, Integer times, Integer perAddress, Integer code, Long millis, long seed) {
    private static final Set<String> FIELDS = Set.of("id", "kind", "share", "times", "perAddress", "code", "millis", "seed");

    public Fault {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share is a part, from 0 to 1, not " + share);
        }
    }

    /** Every time. */
    public static Fault of(FaultKind kind) {
        return new Fault(UUID.randomUUID().toString(), kind, 1, null, null, null, null, 0);
    }

    public Fault share(double part) {
        return new Fault(id, kind, part, times, perAddress, code, millis, seed);
    }

    public Fault times(int number) {
        return new Fault(id, kind, share, number, perAddress, code, millis, seed);
    }

    public Fault perAddress(int number) {
        return new Fault(id, kind, share, times, number, code, millis, seed);
    }

    public Fault code(int number) {
        return new Fault(id, kind, share, times, perAddress, number, millis, seed);
    }

    public Fault lasting(Duration time) {
        return new Fault(id, kind, share, times, perAddress, code, time.toMillis(), seed);
    }

    public Fault seed(long number) {
        return new Fault(id, kind, share, times, perAddress, code, millis, number);
    }

    public int codeOr(int usual) {
        return code == null ? usual : code;
    }

    public Duration timeOr(Duration usual) {
        return millis == null ? usual : Duration.ofMillis(millis);
    }

    /** Whether it strikes at its {@code n}th occasion, its other bounds aside. */
    boolean draws(long n) {
        return share >= 1 || (mixed(seed * 31 + n) >>> 11) * 0x1.0p-53 < share;
    }

    /** SplitMix64's finaliser: neighbours come out unrelated. */
    private static long mixed(long number) {
        long z = number + 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** @throws IllegalArgumentException that says what is wrong with it */
    static Fault parse(JsonNode json) {
        Set<String> unknown = new TreeSet<>();
        json.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(FIELDS);
        if (!json.isObject() || !unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "a fault is an object with " + new TreeSet<>(FIELDS) + ", not " + (json.isObject() ? unknown : json));
        }
        FaultKind kind = FaultKind.parse(json.path("kind").asText());
        return new Fault(json.path("id").asText(kind.wire()), kind, number(json, "share", 1).doubleValue(), integer(json, "times"),
                integer(json, "perAddress"), integer(json, "code"),
                json.hasNonNull("millis") ? Long.valueOf(number(json, "millis", 0).longValue()) : null,
                number(json, "seed", 0).longValue());
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("kind", kind.wire());
        fields.put("share", share);
        fields.put("times", times);
        fields.put("perAddress", perAddress);
        fields.put("code", code);
        fields.put("millis", millis);
        fields.put("seed", seed);
        fields.values().removeIf(java.util.Objects::isNull);
        return fields;
    }

    private static Integer integer(JsonNode json, String field) {
        return json.hasNonNull(field) ? Integer.valueOf(number(json, field, 0).intValue()) : null;
    }

    private static Number number(JsonNode json, String field, Number otherwise) {
        if (!json.hasNonNull(field)) {
            return otherwise;
        }
        if (!json.get(field).isNumber()) {
            throw new IllegalArgumentException(field + " must be a number, not " + json.get(field));
        }
        return json.get(field).numberValue();
    }
}
