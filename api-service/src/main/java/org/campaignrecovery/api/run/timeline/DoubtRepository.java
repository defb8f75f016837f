package org.campaignrecovery.api.run.timeline;

import static com.mongodb.client.model.Accumulators.max;
import static com.mongodb.client.model.Accumulators.min;
import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.limit;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Aggregates.sort;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Sorts.ascending;

import java.time.Instant;
import java.util.Date;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.delivery.DeliveryState;

import io.smallrye.mutiny.Uni;

/** The messages that are in doubt now, grouped by reason; the first hundred reasons. */
@ApplicationScoped
class DoubtRepository implements GuardedRepository<DeliveryDocument>, TimelineSource {
    private static final int REASONS = 100;

    @Override
    public Uni<List<TimelineEntry>> of(RunDocument run) {
        return mongoCollection().aggregate(List.of(match(and(eq("run", run.id), eq("state", DeliveryState.IN_DOUBT.wire()))),
                group("$reason", sum("count", 1L), min("first", "$at"), max("last", "$at")), sort(ascending("first")), limit(REASONS)),
                Document.class).map(DoubtRepository::entry).collect().asList();
    }

    private static TimelineEntry entry(Document group) {
        return TimelineEntry.several(((Number) group.get("count")).longValue(), instant(group.getDate("first")),
                instant(group.getDate("last")), TimelineEvent.IN_DOUBT, group.getString("_id"));
    }

    private static Instant instant(Date date) {
        return date == null ? null : date.toInstant();
    }
}
