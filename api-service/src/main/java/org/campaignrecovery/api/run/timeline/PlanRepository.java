package org.campaignrecovery.api.run.timeline;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.planning.PageState;

import io.smallrye.mutiny.Uni;

/** The end of planning, from the run's end page. */
@ApplicationScoped
class PlanRepository implements GuardedRepository<PageDocument>, TimelineSource {

    @Override
    public Uni<List<TimelineEntry>> of(RunDocument run) {
        return mongoCollection().find(and(eq("run", run.id), eq("state", PageState.END.wire()))).collect().first().map(end -> end == null
                ? List.of()
                : List.of(TimelineEntry.of(run.plannedAt, TimelineEvent.PLANNED,
                        "%d pages, %d batches".formatted(end.n(), end.batchCount()))));
    }
}
