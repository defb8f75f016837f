package org.campaignrecovery.model.guard;

import java.util.ArrayList;
import java.util.List;

/**
 * A guarded effect on the documents of one collection: each document for which every condition holds gets every change, atomically for
 * that document. How many were modified says whether we won; losing is a value. The rules of the ledger's protocol are such values, so
 * that the same rule runs against a database and against a model that explores every schedule.
 */
public record GuardedUpdate(List<Condition> guard, List<Change> changes) {

    public GuardedUpdate {
        guard = List.copyOf(guard);
        changes = List.copyOf(changes);
    }

    /** Begins with the conditions. */
    public static Where where(Condition... conditions) {
        return new Where(List.of(conditions));
    }

    /** The same effect under one more condition. */
    public GuardedUpdate and(Condition condition) {
        List<Condition> more = new ArrayList<>(guard);
        more.add(condition);
        return new GuardedUpdate(more, changes);
    }

    /** The same effect with one more change. */
    public GuardedUpdate with(Change change) {
        return with(List.of(change));
    }

    /** The same effect with more changes. */
    public GuardedUpdate with(List<Change> further) {
        List<Change> more = new ArrayList<>(changes);
        more.addAll(further);
        return new GuardedUpdate(guard, more);
    }

    /** Conditions that wait for their changes. */
    public record Where(List<Condition> guard) {

        public GuardedUpdate then(Change... changes) {
            return new GuardedUpdate(guard, List.of(changes));
        }
    }
}
