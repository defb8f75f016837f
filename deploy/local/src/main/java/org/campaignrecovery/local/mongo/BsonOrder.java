package org.campaignrecovery.local.mongo;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.ValueComparator;

/**
 * The order of MongoDB's values, as keys of a sorted map: a total order in which numbers compare by value whatever their
 * type. Two values that the query matcher calls equal compare as 0 once they are {@link #key(Object) keys}.
 */
final class BsonOrder implements Comparator<Object> {

    static final BsonOrder INSTANCE = new BsonOrder();

    private BsonOrder() {
    }

    /**
     * The form in which a value is a key: numbers become doubles when that loses nothing, absent and null become
     * {@link Missing}.
     */
    static Object key(Object value) {
        if (value instanceof String) {
            return value;
        }
        return Missing.ofNullable(new KeyValue(Collections.singletonList(value)).normalized().get(0));
    }

    @Override
    public int compare(Object left, Object right) {
        if (left instanceof String && right instanceof String) {
            return ((String) left).compareTo((String) right);
        }
        if (left instanceof Number && right instanceof Number) {
            return compareNumbers((Number) left, (Number) right);
        }
        return ValueComparator.ascWithoutListHandling().compare(left, right);
    }

    private static int compareNumbers(Number left, Number right) {
        if (left instanceof Double == right instanceof Double) {
            return left instanceof Double
                    ? Double.compare(left.doubleValue(), right.doubleValue())
                    : Long.compare(left.longValue(), right.longValue());
        }
        // A double beside a long that no double can represent.
        if (isNotFinite(left) || isNotFinite(right)) {
            return Double.compare(left.doubleValue(), right.doubleValue());
        }
        return exact(left).compareTo(exact(right));
    }

    private static boolean isNotFinite(Number number) {
        return number instanceof Double && !Double.isFinite(number.doubleValue());
    }

    private static BigDecimal exact(Number number) {
        return number instanceof Double ? new BigDecimal(number.doubleValue()) : BigDecimal.valueOf(number.longValue());
    }
}
