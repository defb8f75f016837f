package org.campaignrecovery.local.mongo;

import java.util.List;

import org.h2.mvstore.Cursor;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.bson.MaxKey;

/**
 * A walk through a collection in the order of its {@code _id} or of an index, between two bounds.
 *
 * @param index the index whose order to follow; null for the order of the documents themselves
 * @param lower where to begin or end, inclusive; null for no bound
 * @param upper the other end, inclusive; null for no bound
 */
record Scan(SecondaryIndex index, Object lower, Object upper, boolean descending) {

    /** Whether the scan yields what it yields in the wanted order. */
    record Choice(Scan scan, boolean ordered) {
    }

    static Choice choose(String idField, List<SecondaryIndex> indexes, Document filter, Document order) {
        if (order == null || order.isEmpty() || order.containsKey("$natural")) {
            return new Choice(of(null, idField, filter, order != null && !order.isEmpty() && isDescending(order.get("$natural"))), true);
        }
        List<String> fields = List.copyOf(order.keySet());
        boolean descending = isDescending(order.get(fields.get(0)));
        if (fields.get(0).equals(idField)) {
            return new Choice(of(null, idField, filter, descending), true);
        }
        if (order.values().stream().allMatch(direction -> isDescending(direction) == descending)) {
            for (SecondaryIndex index : indexes) {
                if (index.isInOrderOf(fields)) {
                    return new Choice(of(index, fields.get(0), filter, descending), true);
                }
            }
        }
        return new Choice(of(null, idField, filter, false), false);
    }

    private static Scan of(SecondaryIndex index, String field, Document filter, boolean descending) {
        return field == null
                ? new Scan(index, null, null, descending)
                : new Scan(index, Filters.lowerBound(filter, field), Filters.upperBound(filter, field), descending);
    }

    private static boolean isDescending(Object direction) {
        return direction instanceof Number && ((Number) direction).intValue() < 0;
    }

    /** Continues at a key, which may come again, or begins when there is none. */
    Cursor<Object[], byte[]> cursor(Documents.View view, Object[] keyOrNull) {
        Object[] from = keyOrNull != null ? keyOrNull : beginning();
        return index == null ? view.cursor(from, descending) : index.cursor(view.entries(), from, descending);
    }

    private Object[] beginning() {
        if (descending) {
            return upper == null ? null : KeyType.tuple(upper, MaxKey.getInstance());
        }
        return lower == null ? null : KeyType.tuple(lower);
    }

    boolean isBeyond(Object[] key) {
        if (descending) {
            return lower != null && BsonOrder.INSTANCE.compare(key[0], lower) < 0;
        }
        return upper != null && BsonOrder.INSTANCE.compare(key[0], upper) > 0;
    }

    Document document(Documents.View view, Cursor<Object[], byte[]> cursor) {
        Object[] key = cursor.getKey();
        return index == null ? Bson.decode(cursor.getValue()) : view.get(key[key.length - 1]);
    }
}
