package org.campaignrecovery.model.audience;

import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Date;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Where an order stands among the orders of its customer: by date, then by order id. An order without a readable date is older than any
 * other. Two ids that are whole numbers compare as numbers, two that are not as text, and a whole number comes before a text. (Comparing
 * a number with a text as texts would be a circle, {@code 10 < 1a < 9 < 10}, and the result would depend on the reading order.)
 */
record OrderPosition(Instant date, String id) implements Comparable<OrderPosition> {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,400}");
    private static final Comparator<OrderPosition> ORDER = Comparator.comparing(OrderPosition::date)
            .thenComparing(OrderPosition::id, Comparator.comparing((String id) -> !isWhole(id))
                    .thenComparing((a, b) -> isWhole(a) && isWhole(b) ? new BigInteger(a).compareTo(new BigInteger(b)) : 0)
                    .thenComparing(Function.identity()));

    /** @param date an {@code Instant}, a {@code Date}, milliseconds since 1970, or ISO-8601 text (UTC when it names no offset) */
    static OrderPosition of(Object date, Object id) {
        String text = FieldValue.textOrNull(id);
        return new OrderPosition(instant(date), text == null ? "" : text);
    }

    private static boolean isWhole(String id) {
        return WHOLE.matcher(id).matches();
    }

    private static Instant instant(Object date) {
        if (date instanceof Instant instant) {
            return instant;
        }
        if (date instanceof Date legacy) {
            return Instant.ofEpochMilli(legacy.getTime());
        }
        if (date instanceof Number millis) {
            return Instant.ofEpochMilli(millis.longValue());
        }
        String text = FieldValue.textOrNull(date);
        return text == null ? Instant.MIN : instant(text);
    }

    private static Instant instant(String text) {
        try {
            if (text.indexOf('T') < 0) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            boolean offset = text.endsWith("Z") || text.lastIndexOf('+') > 0 || text.lastIndexOf('-') > text.indexOf('T');
            return offset ? OffsetDateTime.parse(text).toInstant() : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return Instant.MIN;
        }
    }

    @Override
    public int compareTo(OrderPosition other) {
        return ORDER.compare(this, other);
    }
}
