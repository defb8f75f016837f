package org.campaignrecovery.ledger.guard;

import java.util.Collection;
import java.util.List;

import org.bson.conversions.Bson;
import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.guard.Change;
import org.campaignrecovery.model.guard.Condition;
import org.campaignrecovery.model.guard.GuardedUpdate;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;

/** A {@link GuardedUpdate} in the words of MongoDB. */
public final class Guards {

    private Guards() {
    }

    public static Bson filter(GuardedUpdate update) {
        return Filters.and(update.guard().stream().map(Guards::filter).toList());
    }

    public static Bson update(GuardedUpdate update) {
        return Updates.combine(update.changes().stream().map(Guards::update).toList());
    }

    private static Bson filter(Condition condition) {
        if (condition instanceof Condition.Equal equal) {
            return Filters.eq(equal.field(), value(equal.value()));
        }
        if (condition instanceof Condition.OneOf oneOf) {
            return Filters.in(oneOf.field(), values(oneOf.values()));
        }
        if (condition instanceof Condition.Less less) {
            return Filters.lt(less.field(), less.value());
        }
        Condition.AbsentOrAtMost bound = (Condition.AbsentOrAtMost) condition;
        return Filters.or(Filters.exists(bound.field(), false), Filters.lte(bound.field(), bound.value()));
    }

    private static Bson update(Change change) {
        if (change instanceof Change.Assign assign) {
            return Updates.set(assign.field(), value(assign.value()));
        }
        if (change instanceof Change.Add add) {
            return Updates.inc(add.field(), add.amount());
        }
        return Updates.unset(change.field());
    }

    private static List<?> values(Collection<?> values) {
        return values.stream().map(Guards::value).toList();
    }

    private static Object value(Object value) {
        return value instanceof Wire wire ? wire.wire() : value;
    }
}
