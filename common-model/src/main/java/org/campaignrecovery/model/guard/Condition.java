package org.campaignrecovery.model.guard;

import java.util.Collection;
import java.util.List;

/** What a document's field must be for a guarded update to touch the document. */
public sealed interface Condition {

    String field();

    /** The field has this value; null: it is missing. */
    record Equal(String field, Object value) implements Condition {
    }

    /** The field has one of these values. */
    record OneOf(String field, List<?> values) implements Condition {
    }

    /** The field is present and less than this value. */
    record Less(String field, Comparable<?> value) implements Condition {
    }

    /** The field is missing, or is not greater than this value. */
    record AbsentOrAtMost(String field, Comparable<?> value) implements Condition {
    }

    static Condition equal(String field, Object value) {
        return new Equal(field, value);
    }

    /** The field is missing. */
    static Condition absent(String field) {
        return new Equal(field, null);
    }

    static Condition oneOf(String field, Collection<?> values) {
        return new OneOf(field, List.copyOf(values));
    }

    static Condition less(String field, Comparable<?> value) {
        return new Less(field, value);
    }

    static Condition absentOrAtMost(String field, Comparable<?> value) {
        return new AbsentOrAtMost(field, value);
    }
}
