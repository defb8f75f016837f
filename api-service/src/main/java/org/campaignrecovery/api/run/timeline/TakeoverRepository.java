package org.campaignrecovery.api.run.timeline;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.ascending;

import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.run.RunEventDocument;
import org.campaignrecovery.model.run.RunEventKind;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** Who went on with what others had begun and not ended, and what turned out to be sent twice, in one entry; the first thousand events. */
@ApplicationScoped
class TakeoverRepository implements GuardedRepository<RunEventDocument>, TimelineSource {
    private static final int AT_MOST = 1_000;

    @Override
    public Uni<List<TimelineEntry>> of(RunDocument run) {
        return mongoCollection().find(eq("run", run.id), new FindOptions().sort(ascending("at")).limit(AT_MOST))
                .collect().asList().map(TakeoverRepository::entries);
    }

    private static List<TimelineEntry> entries(List<RunEventDocument> events) {
        List<TimelineEntry> entries = new ArrayList<>();
        List<RunEventDocument> twice = new ArrayList<>();
        for (RunEventDocument event : events) {
            switch (event.kind()) {
                case BATCH_TAKEN_OVER, PLANNING_TAKEN_OVER -> entries.add(takeover(event));
                case POSSIBLY_TWICE -> twice.add(event);
            }
        }
        if (!twice.isEmpty()) {
            entries.add(TimelineEntry.several(twice.size(), twice.get(0).at(), twice.get(twice.size() - 1).at(),
                    TimelineEvent.POSSIBLY_TWICE, "an earlier attempt than the latest turned out to have been accepted"));
        }
        return entries;
    }

    private static TimelineEntry takeover(RunEventDocument event) {
        return event.kind() == RunEventKind.BATCH_TAKEN_OVER
                ? TimelineEntry.ofBatch(event.batch(), event.at(), TimelineEvent.BATCH_TAKEN_OVER,
                        "its owner died, stopped or lost it; %s in doubt with it".formatted(messages(event.inDoubt())), event.inDoubt())
                : TimelineEntry.of(event.at(), TimelineEvent.PLANNING_TAKEN_OVER,
                        "its planner died, stopped or lost it; nothing is planned twice");
    }

    private static String messages(Long n) {
        return n == 0 ? "no message is" : n == 1 ? "1 message is" : n + " messages are";
    }
}
