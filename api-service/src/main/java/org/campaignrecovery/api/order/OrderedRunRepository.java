package org.campaignrecovery.api.order;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static org.campaignrecovery.model.guard.Change.assign;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.planning.PageState;
import org.campaignrecovery.model.run.RunRules;
import org.campaignrecovery.model.run.RunState;

import io.smallrye.mutiny.Uni;

/** The runs, as far as they are opened again by orders. */
@ApplicationScoped
class OrderedRunRepository implements GuardedRepository<RunDocument> {
    private static final int AT_ONCE = 100;

    /** Writes an order into the run that was seen; false when the run is not as it was any more. */
    Uni<Boolean> order(RunDocument seen, RunDocument.Order order) {
        return won(RunRules.order(seen.id, seen.round, seen.rev).with(assign("order", order)));
    }

    /** Runs with an order that has not reached every batch yet. */
    Uni<List<RunDocument>> unplaced() {
        return mongoCollection().find(and(eq("state", RunState.SENDING.wire()), eq("placed", false), exists("order"))).select()
                .first(AT_ONCE).collect().asList();
    }

    /** Whether the run's end page is there: without one, as with a run that another system has sent, nobody could complete it again. */
    Uni<Boolean> hasEnd(String run) {
        return mongoDatabase().getCollection(PageDocument.COLLECTION).find(and(eq("run", run), eq("state", PageState.END.wire())))
                .collect().first().map(end -> end != null);
    }
}
