package org.campaignrecovery.api.run.timeline;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.ascending;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.run.RunEventDocument;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** Who went on with what others had begun and not ended; the first thousand times. */
@ApplicationScoped
class TakeoverRepository implements GuardedRepository<RunEventDocument>, TimelineSource {
    private static final int AT_MOST = 1_000;

    @Override
    public Uni<List<TimelineEntry>> of(RunDocument run) {
        return mongoCollection().find(eq("run", run.id), new FindOptions().sort(ascending("at")).limit(AT_MOST))
                .map(TakeoverRepository::entry).collect().asList();
    }

    private static TimelineEntry entry(RunEventDocument event) {
        return switch (event.kind()) {
            case BATCH_TAKEN_OVER -> TimelineEntry.ofBatch(event.batch(), event.at(), TimelineEvent.BATCH_TAKEN_OVER,
                    "its owner died, stopped or lost it; %s in doubt with it".formatted(messages(event.inDoubt())), event.inDoubt());
            case PLANNING_TAKEN_OVER -> TimelineEntry.of(event.at(), TimelineEvent.PLANNING_TAKEN_OVER,
                    "its planner died, stopped or lost it; nothing is planned twice");
        };
    }

    private static String messages(Long n) {
        return n == 0 ? "no message is" : n == 1 ? "1 message is" : n + " messages are";
    }
}
