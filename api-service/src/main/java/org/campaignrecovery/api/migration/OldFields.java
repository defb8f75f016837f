package org.campaignrecovery.api.migration;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.campaignrecovery.api.time.LocalOrInstant;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The fields of an old document under their dotted paths, values of MongoDB's extended JSON understood. A field that was taken is gone,
 * so that what is left at the end is what nobody has understood.
 */
final class OldFields {
    private final Map<String, JsonNode> values = new LinkedHashMap<>();

    OldFields(JsonNode document) {
        flatten("", document);
    }

    private void flatten(String prefix, JsonNode object) {
        object.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isObject() && !value.isEmpty() && !isWrapper(value)) {
                flatten(prefix + field.getKey() + ".", value);
            } else if (!value.isNull() && !(value.isContainerNode() && value.isEmpty())) {
                values.put(prefix + field.getKey(), value);
            }
        });
    }

    /** Whether it is one value of extended JSON. */
    static boolean isWrapper(JsonNode object) {
        return object.size() == 1 && object.fieldNames().next().startsWith("$");
    }

    /** The first of these that there is. */
    Optional<JsonNode> take(String... paths) {
        for (String path : paths) {
            JsonNode value = values.remove(path);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** The first of these that there is, as text without white space around it; blank is none. */
    Optional<String> takeText(String... paths) {
        return take(paths).flatMap(OldFields::text);
    }

    Optional<Instant> takeInstant(ZoneId zone, String... paths) {
        return take(paths).flatMap(value -> instant(value, zone));
    }

    /** Whole numbers from zero; zero for anything else. */
    long takeCount(String... paths) {
        return take(paths).flatMap(OldFields::number).map(number -> Math.max(0, number.longValue())).orElse(0L);
    }

    List<JsonNode> takeList(String... paths) {
        List<JsonNode> list = new ArrayList<>();
        take(paths).ifPresent(value -> {
            if (value.isArray()) {
                value.forEach(list::add);
            } else {
                list.add(value);
            }
        });
        return list;
    }

    /** Nobody needs these here. */
    void ignore(String... paths) {
        for (String path : paths) {
            values.remove(path);
        }
    }

    List<String> left() {
        return List.copyOf(values.keySet());
    }

    /** A text, a number, an ObjectId. */
    static Optional<String> text(JsonNode value) {
        if (value.isTextual()) {
            return Optional.of(value.textValue().strip()).filter(text -> !text.isEmpty());
        }
        if (value.has("$oid")) {
            return Optional.of(value.get("$oid").asText());
        }
        return number(value).map(BigDecimal::toPlainString);
    }

    static Optional<BigDecimal> number(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.decimalValue());
        }
        for (String wrapper : List.of("$numberLong", "$numberInt", "$numberDouble", "$numberDecimal")) {
            if (value.has(wrapper)) {
                return parse(value.get(wrapper).asText());
            }
        }
        return Optional.empty();
    }

    private static Optional<BigDecimal> parse(String text) {
        try {
            return Optional.of(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A date, an RFC 3339 text, milliseconds, or a local date or date-time in {@code zone}. */
    static Optional<Instant> instant(JsonNode value, ZoneId zone) {
        JsonNode date = value.has("$date") ? value.get("$date") : value;
        return date.isTextual()
                ? LocalOrInstant.parse(date.textValue().strip(), zone).or(() -> day(date.textValue().strip(), zone))
                : number(date).map(millis -> Instant.ofEpochMilli(millis.longValue()));
    }

    private static Optional<Instant> day(String text, ZoneId zone) {
        try {
            return Optional.of(LocalDate.parse(text).atStartOfDay(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
