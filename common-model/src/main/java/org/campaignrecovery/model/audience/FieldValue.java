package org.campaignrecovery.model.audience;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;

import org.campaignrecovery.model.address.RawText;

/** A value of an order as text, the same whichever type the import has chosen for it. */
final class FieldValue {
    /** More digits than this are no value that a person has written; written out they could fill the memory. */
    private static final int MAX_DIGITS = 400;

    private FieldValue() {
    }

    /**
     * Text without white space around it; numbers without exponent, whole ones without {@code .0}; instants in ISO-8601; booleans. Null
     * for what is blank, not a number, or nested.
     */
    static String textOrNull(Object value) {
        if (value instanceof String text) {
            return RawText.stripOrNull(text);
        }
        if (value instanceof Number number) {
            return numberOrNull(number);
        }
        if (value instanceof Boolean || value instanceof Instant) {
            return value.toString();
        }
        return value instanceof Date date ? Instant.ofEpochMilli(date.getTime()).toString() : null;
    }

    /** By its text, so that drivers' own number types, like Decimal128, need no dependency. */
    private static String numberOrNull(Number number) {
        BigDecimal decimal;
        try {
            decimal = new BigDecimal(number.toString());
        } catch (NumberFormatException e) {
            return null;
        }
        if (Math.abs((long) decimal.precision() - decimal.scale()) > MAX_DIGITS || decimal.scale() > MAX_DIGITS) {
            return null;
        }
        boolean whole = decimal.signum() == 0 || decimal.stripTrailingZeros().scale() <= 0;
        return whole ? decimal.toBigInteger().toString() : decimal.toPlainString();
    }
}
