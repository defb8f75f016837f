package org.campaignrecovery.worker.planning;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.planning.PageState;

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

    /** The page of a run that was frozen last, without its rows; null while there is none. */
    Uni<PageDocument> last(String run) {
        return mongoCollection().find(eq("run", run), new FindOptions().projection(WITHOUT_ROWS).sort(Sorts.descending("n")).limit(1))
                .collect().first();
    }

    /** The pages of a run in order, without their rows. */
    Multi<PageDocument> ofRun(String run) {
        return mongoCollection().find(eq("run", run), new FindOptions().projection(WITHOUT_ROWS).sort(Sorts.ascending("n")));
    }

    /** The skips of a run by channel. */
    public Uni<Map<String, Skips>> skipped(String run) {
        return mongoCollection().find(eq("run", run), new FindOptions().projection(WITHOUT_ROWS)).collect().in(LinkedHashMap::new,
                (sum, page) -> {
                    if (page.skipped() != null) {
                        page.skipped().forEach((channel, skips) -> sum.merge(channel, skips, Skips::plus));
                    }
                });
    }
}
