package org.campaignrecovery.api.retention;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Sorts.ascending;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.run.RunState;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** The runs, as far as their time to be kept has passed. */
@ApplicationScoped
class RetainedRunRepository implements GuardedRepository<RunDocument> {

    /** Runs that were over before then and still have personal data, or may, the oldest first. */
    Uni<List<RunDocument>> overBefore(Instant before, int atMost) {
        return mongoCollection()
                .find(and(lt("finishedAt", before), exists("allAnonymised", false),
                        in("state", RunState.COMPLETED.wire(), RunState.CANCELLED.wire(), RunState.FAILED.wire())),
                        new FindOptions().projection(exclude("frozen.email", "frozen.sms", "order")).sort(ascending("finishedAt"))
                                .limit(atMost))
                .collect().asList();
    }
}
