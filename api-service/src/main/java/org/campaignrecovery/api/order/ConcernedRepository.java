package org.campaignrecovery.api.order;

import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.guard.Guards;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.guard.GuardedUpdate;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The deliveries that an order is about. */
@ApplicationScoped
class ConcernedRepository implements GuardedRepository<DeliveryDocument> {

    /** @param claim token of the attempt, or null */
    record Concerned(String id, String batch, String claim) {
    }

    /** How many of these can be sent again: those that are anonymised cannot. */
    Uni<Long> sendable(String run, Collection<DeliveryState> states) {
        return mongoCollection().countDocuments(sendableOf(run, states));
    }

    /** The batches with members of that kind, one at a time, however many there are. */
    Multi<String> sendableBatches(String run, Collection<DeliveryState> states) {
        return batchesWith(sendableOf(run, states));
    }

    /** Those of {@code ids} that are of that kind, by batch. */
    Uni<Map<String, List<Concerned>>> sendableAmong(Collection<String> ids, String run, Collection<DeliveryState> states) {
        return byBatch(and(in("_id", ids), sendableOf(run, states)));
    }

    /** The batches with members in these states, one at a time, however many there are. */
    Multi<String> batches(String run, Collection<DeliveryState> states) {
        return batchesWith(of(run, states));
    }

    private Multi<String> batchesWith(Bson members) {
        return mongoCollection().aggregate(List.of(match(members), group("$batch")), Document.class)
                .map(found -> found.getString("_id"));
    }

    /** Those of {@code ids} that are in one of these states, by batch. */
    Uni<Map<String, List<Concerned>>> among(Collection<String> ids, String run, Collection<DeliveryState> states) {
        return byBatch(and(in("_id", ids), of(run, states)));
    }

    private Uni<Map<String, List<Concerned>>> byBatch(Bson filter) {
        return found(filter).map(all -> {
            Map<String, List<Concerned>> batches = new LinkedHashMap<>();
            all.forEach(one -> batches.computeIfAbsent(one.batch, batch -> new ArrayList<>()).add(one));
            return batches;
        });
    }

    /** The members of one batch that are in one of these states. */
    Uni<List<Concerned>> members(String run, String batch, Collection<DeliveryState> states) {
        return mongoDatabase().getCollection("batches").find(eq("_id", batch), new FindOptions().projection(include("members"))).collect()
                .first().chain(found -> found(and(in("_id", found.getList("members", String.class)), of(run, states))));
    }

    private Uni<List<Concerned>> found(Bson filter) {
        return mongoCollection().find(filter, Document.class, new FindOptions().projection(include("batch", "claim")))
                .map(one -> new Concerned(one.getString("_id"), one.getString("batch"), one.getString("claim"))).collect().asList();
    }

    /** Carries out updates of one delivery each in one round trip and tells how many were modified. */
    Uni<Long> modifiedInBulk(List<GuardedUpdate> updates) {
        List<WriteModel<DeliveryDocument>> writes = updates.stream()
                .<WriteModel<DeliveryDocument>>map(update -> new UpdateOneModel<>(Guards.filter(update), Guards.update(update))).toList();
        return mongoCollection().bulkWrite(writes, new BulkWriteOptions().ordered(false)).map(result -> (long) result.getModifiedCount());
    }

    private static Bson sendableOf(String run, Collection<DeliveryState> states) {
        return and(of(run, states), exists("anonymised", false));
    }

    private static Bson of(String run, Collection<DeliveryState> states) {
        return and(eq("run", run), in("state", states.stream().map(DeliveryState::wire).toList()));
    }
}
