package org.campaignrecovery.ledger.generation;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.guard.Guards;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.generation.GenerationRules;
import org.campaignrecovery.model.generation.Restoration;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.run.RunRules;
import org.campaignrecovery.model.run.RunState;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Where the ledger stands, and what is in doubt when it went backwards. */
@ApplicationScoped
public class GenerationRepository implements GuardedRepository<GenerationDocument> {
    private static final List<String> STARTED = List.of(RunState.PLANNING.wire(), RunState.SENDING.wire(), RunState.FAILED.wire());

    /** The document; null when the ledger has none yet. */
    public Uni<GenerationDocument> current() {
        return byId(GenerationRules.ID);
    }

    /** Gives the ledger its incarnation, unless somebody else has. */
    Uni<GenerationDocument> findOrInsert(String incarnation, Instant now) {
        return current().onItem().ifNull().switchTo(() -> mongoCollection().insertOne(GenerationDocument.first(incarnation, now))
                .onFailure(Duplicates::isDuplicateKey).recoverWithNull().chain(() -> current()));
    }

    /**
     * Puts everything unfinished of the runs that the ledger knows in doubt. Anybody may do it, at once and again.
     *
     * @return how many deliveries this call has moved
     */
    Uni<Long> doubt(Restoration restoration, Instant now) {
        return mongoDatabase().getCollection(RunDocument.COLLECTION)
                .find(Filters.in("state", STARTED), new FindOptions().projection(Projections.include("round"))).collect().asList()
                .chain(runs -> Multi.createFrom().iterable(runs).onItem()
                        .transformToUniAndConcatenate(
                                run -> doubt(run.getString("_id"), ((Number) run.get("round")).intValue(), restoration, now))
                        .collect()
                        .in(() -> new long[1], (sum, moved) -> sum[0] += moved).map(sum -> sum[0]));
    }

    /**
     * The counts are marked outdated before and after, as a recount may come in between. Whoever was placing an order that is withdrawn
     * brings it to no batch any more.
     */
    private Uni<Long> doubt(String run, int round, Restoration restoration, Instant now) {
        GuardedUpdate batches = BatchRules.doubted(run, restoration.generation());
        return modified(RunDocument.COLLECTION, RunRules.doubted(run, Restoration.REASON))
                .chain(() -> modified(BatchDocument.COLLECTION, BatchRules.passedOver(run, round)))
                .chain(() -> modified(BatchDocument.COLLECTION, batches))
                .chain(() -> modified(DeliveryDocument.COLLECTION, DeliveryRules.doubtRun(run, Restoration.REASON, now)))
                .call(() -> modified(BatchDocument.COLLECTION, batches));
    }

    private Uni<Long> modified(String collection, GuardedUpdate update) {
        return mongoDatabase().getCollection(collection, Document.class).updateMany(Guards.filter(update), Guards.update(update))
                .map(result -> result.getModifiedCount());
    }
}
