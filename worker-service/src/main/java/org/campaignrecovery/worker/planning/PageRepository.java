package org.campaignrecovery.worker.planning;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.planning.PageState;
import org.campaignrecovery.worker.run.RunCompletion;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The pages: the planner's write-ahead records. */
@ApplicationScoped
public class PageRepository implements GuardedRepository<PageDocument> {
    private static final Bson WITHOUT_ROWS = Projections.exclude("rows");

    /** Inserts the page unless its slot is taken; answers with what the slot holds now. The {@code _id} is the compare-and-set. */
    public Uni<PageDocument> insertOrAdopt(PageDocument page) {
        return mongoCollection().insertOne(page).replaceWith(page).onFailure(Duplicates::isDuplicateKey)
                .recoverWithUni(() -> byId(page.id()));
    }

    /** The run's end page, or null while it has none. */
    public Uni<PageDocument> end(String run) {
        return mongoCollection().find(and(eq("run", run), eq("state", PageState.END.wire())), new FindOptions().limit(1)).collect().first();
    }

    /** The pages of a run in order, without their rows. */
    Multi<PageDocument> ofRun(String run) {
        return mongoCollection().find(eq("run", run), new FindOptions().projection(WITHOUT_ROWS).sort(Sorts.ascending("n")));
    }

    /** The skips of a run by channel. */
    public Uni<Map<String, Skips>> skipped(String run) {
        return mongoCollection().find(eq("run", run), new FindOptions().projection(WITHOUT_ROWS))
                .map(page -> page.skipped() == null ? Map.<String, Skips>of() : page.skipped()).collect().asList()
                .map((List<Map<String, Skips>> skips) -> RunCompletion.sum(skips));
    }
}
