package org.campaignrecovery.model.guard;

/** What a guarded update does to a document's field. */
public sealed interface Change {

    String field();

    /** The field gets this value. */
    record Assign(String field, Object value) implements Change {
    }

    /** This much is added to the field. */
    record Add(String field, long amount) implements Change {
    }

    /** The field is removed. */
    record Remove(String field) implements Change {
    }

    static Change assign(String field, Object value) {
        return new Assign(field, value);
    }

    static Change add(String field, long amount) {
        return new Add(field, amount);
    }

    static Change remove(String field) {
        return new Remove(field);
    }
}
