package org.campaignrecovery.api.campaign;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.conversions.Bson;
import org.bson.types.ObjectId;
import org.campaignrecovery.api.paging.Paging;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.campaign.CampaignStatus;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The campaigns. Their status changes through {@link org.campaignrecovery.ledger.campaign.CampaignTransitions} only. */
@ApplicationScoped
public class CampaignRepository implements GuardedRepository<CampaignDocument> {

    /** A new id; later ones are greater. */
    public String nextId() {
        return new ObjectId().toHexString();
    }

    public Uni<Optional<CampaignDocument>> withId(String id) {
        return byId(id).map(Optional::ofNullable);
    }

    public Uni<Void> insert(CampaignDocument campaign) {
        return mongoCollection().insertOne(campaign).replaceWithVoid();
    }

    /** Deletes exactly the revision that was seen; false when it has changed. */
    public Uni<Boolean> delete(String id, CampaignStatus status, long seenRev) {
        return mongoCollection().deleteOne(and(eq("_id", id), eq("status", status.wire()), eq("rev", seenRev)))
                .map(result -> result.getDeletedCount() == 1);
    }

    /**
     * Newest first.
     *
     * @param status or null for any
     * @param text part of the name in any case, or null
     * @param archived those that were put away, or those that were not
     */
    Uni<List<CampaignDocument>> page(CampaignStatus status, String text, boolean archived, CampaignSort sort, Paging paging) {
        List<Bson> filters = new ArrayList<>(List.of(archived ? eq("archived", true) : ne("archived", true)));
        if (status != null) {
            filters.add(eq("status", status.wire()));
        }
        if (text != null && !text.isBlank()) {
            filters.add(regex("name", Pattern.compile(Pattern.quote(text.trim()), Pattern.CASE_INSENSITIVE)));
        }
        CampaignSort.Position after = sort.parsePosition(paging.after());
        if (after != null) {
            filters.add(behind(sort, after));
        }
        String field = sort.field().stored();
        Bson order = sort.descending() ? descending(field, "_id") : ascending(field, "_id");
        return mongoCollection().find(and(filters), new FindOptions().sort(order).limit(paging.oneMore())).collect().asList();
    }

    private static Bson behind(CampaignSort sort, CampaignSort.Position after) {
        String field = sort.field().stored();
        return sort.descending()
                ? or(lt(field, after.value()), and(eq(field, after.value()), lt("_id", after.id())))
                : or(gt(field, after.value()), and(eq(field, after.value()), gt("_id", after.id())));
    }

    /** Scheduled ones whose time comes until {@code limit}, the earliest first. */
    public Uni<List<CampaignDocument>> dueUntil(Instant limit, int atMost) {
        return mongoCollection().find(and(eq("status", CampaignStatus.SCHEDULED.wire()), lte("nextRunAt", limit)),
                new FindOptions().sort(ascending("nextRunAt")).limit(atMost)).collect().asList();
    }

    /** Scheduled ones that nobody would ever start. */
    public Uni<List<CampaignDocument>> withoutNextRun(int atMost) {
        return mongoCollection().find(and(eq("status", CampaignStatus.SCHEDULED.wire()), eq("nextRunAt", null)),
                new FindOptions().limit(atMost)).collect().asList();
    }

    /** Those that have missed an occurrence whose run may not be in the ledger yet. */
    public Uni<List<CampaignDocument>> withMissedOccurrence(int atMost) {
        return mongoCollection().find(gt("lastMissed.runId", ""), new FindOptions().limit(atMost)).collect().asList();
    }

    /** Running ones whose end has come. */
    public Uni<List<CampaignDocument>> endedUntil(Instant limit, int atMost) {
        return mongoCollection().find(and(eq("status", CampaignStatus.RUNNING.wire()), lte("endDate", limit)),
                new FindOptions().limit(atMost)).collect().asList();
    }

    /** Those in one of {@code statuses} with an id above {@code after} (or null), by id. */
    public Uni<List<CampaignDocument>> having(List<CampaignStatus> statuses, String after, int atMost) {
        Bson status = in("status", statuses.stream().map(CampaignStatus::wire).toList());
        return mongoCollection().find(after == null ? status : and(status, gt("_id", after)),
                new FindOptions().sort(ascending("_id")).limit(atMost)).collect().asList();
    }

    /** How many are in each of {@code statuses}; every one is there. */
    public Uni<Map<CampaignStatus, Long>> counted(Set<CampaignStatus> statuses) {
        return Multi.createFrom().iterable(statuses).onItem()
                .transformToUniAndConcatenate(status -> mongoCollection().countDocuments(eq("status", status.wire()))
                        .map(number -> Map.entry(status, number)))
                .collect().asMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    /** Those in this status with a run, or one that should be, that were changed since {@code limit}. */
    public Uni<List<CampaignDocument>> changedSince(CampaignStatus status, Instant limit, int atMost) {
        return mongoCollection().find(and(eq("status", status.wire()), exists("current"), gt("updatedAt", limit)),
                new FindOptions().limit(atMost)).collect().asList();
    }
}
