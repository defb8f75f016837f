package org.campaignrecovery.api.run;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.set;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.conversions.Bson;
import org.campaignrecovery.api.paging.Paging;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.run.RunDocument;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Projections;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** The runs. */
@ApplicationScoped
public class RunRepository implements GuardedRepository<RunDocument> {
    private static final Bson WITHOUT_CONTENT = Projections.exclude("frozen.email", "frozen.sms", "frozen.audience");

    public Uni<Optional<RunDocument>> withId(String id) {
        return byId(id).map(Optional::ofNullable);
    }

    /** Those of {@code ids} that exist, by id, without what they send and to whom. */
    public Uni<Map<String, RunDocument>> withIds(Collection<String> ids) {
        return mongoCollection().find(in("_id", ids), new FindOptions().projection(WITHOUT_CONTENT)).collect().asList()
                .map(runs -> runs.stream().collect(Collectors.toMap(run -> run.id, Function.identity())));
    }

    /** Inserts a run; false when it exists, which is as good. */
    public Uni<Boolean> insertOnce(RunDocument run) {
        return mongoCollection().insertOne(run).replaceWith(true).onFailure(RunRepository::isDuplicate).recoverWithItem(false);
    }

    /** Kafka has acknowledged the run's event. */
    public Uni<Void> published(String id) {
        return mongoCollection().updateOne(eq("_id", id), set("published", true)).replaceWithVoid();
    }

    /** The runs of a campaign, the latest first. */
    Uni<List<RunDocument>> page(String campaignId, Paging paging) {
        return mongoCollection().find(paging.after() == null
                ? eq("campaignId", campaignId)
                : and(eq("campaignId", campaignId), lt("_id", paging.after())),
                new FindOptions().sort(descending("_id")).limit(paging.oneMore())).collect().asList();
    }

    /** The latest run of a campaign, without what it sends and to whom; null when there is none. */
    public Uni<RunDocument> latest(String campaignId) {
        return mongoCollection().find(eq("campaignId", campaignId),
                new FindOptions().sort(descending("_id")).limit(1).projection(WITHOUT_CONTENT)).collect().first();
    }

    private static boolean isDuplicate(Throwable failure) {
        return failure instanceof MongoWriteException write && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }
}
