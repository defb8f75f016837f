package org.campaignrecovery.worker.batch;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Filters.or;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.channel.Channel;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The batches. */
@ApplicationScoped
public class BatchRepository implements GuardedRepository<BatchDocument> {
    private static final Bson BEGUN_FIRST = Sorts.descending("epoch");
    private static final Bson OFFERED = exists("parked", false);
    private static final Bson WITHOUT_MEMBERS = Projections.exclude("members");

    /** Inserts the batch unless it is there. */
    public Uni<Void> insertOnce(BatchDocument batch) {
        return mongoCollection().insertOne(batch).replaceWithVoid().onFailure(Duplicates::isDuplicateKey).recoverWithNull();
    }

    /**
     * Batches of a run, begun ones first and parked ones not, that have been waiting on a channel since {@code before} and may be taken at
     * {@code now}.
     */
    public Uni<List<BatchDocument>> waiting(String run, Channel channel, Instant before, Instant now, int limit) {
        Bson due = or(exists("notBefore", false), lte("notBefore", now));
        return offered(and(ready(run, channel), lte("at", before), due, OFFERED), limit);
    }

    /** Batches of a run that is over, whatever they wait for: what is open of them is to be cancelled. */
    public Uni<List<BatchDocument>> left(String run, Channel channel, int limit) {
        return offered(ready(run, channel), limit);
    }

    private static Bson ready(String run, Channel channel) {
        return and(eq("run", run), eq("state", BatchState.READY.wire()), eq("channel", channel.wire()));
    }

    private Uni<List<BatchDocument>> offered(Bson filter, int limit) {
        return mongoCollection().find(filter, new FindOptions().projection(WITHOUT_MEMBERS).sort(BEGUN_FIRST).limit(limit)).collect()
                .asList();
    }

    /** The leased batches of these runs, without their members. */
    public Uni<List<BatchDocument>> leased(Collection<String> runs) {
        Bson filter = and(in("run", runs), eq("state", BatchState.LEASED.wire()));
        return mongoCollection().find(filter, new FindOptions().projection(WITHOUT_MEMBERS)).collect().asList();
    }

    /** Batches that nobody leases and that late evidence has changed since they were counted. */
    public Uni<List<BatchDocument>> dirty() {
        return unleasedWith("dirty");
    }

    /** Batches that nobody leases and that somebody was about to change by late evidence, who may have died over it. */
    public Uni<List<BatchDocument>> announced() {
        return unleasedWith("announced");
    }

    private Uni<List<BatchDocument>> unleasedWith(String positive) {
        Bson filter = and(gte(positive, 1), ne("state", BatchState.LEASED.wire()));
        return mongoCollection().find(filter, new FindOptions().sort(Sorts.ascending(positive)).limit(100)).collect().asList();
    }

    /** How many batches of the run could be worked on now, those aside that wait for their time or are parked: the planner's window. */
    public Uni<Long> openNow(String run, Instant now) {
        Bson filter = and(eq("run", run), in("state", BatchState.READY.wire(), BatchState.LEASED.wire()),
                or(exists("notBefore", false), lte("notBefore", now)), OFFERED);
        return mongoCollection().countDocuments(filter);
    }

    /** Whether a batch of the run is not closed. */
    public Uni<Boolean> anyOpen(String run) {
        Bson filter = and(eq("run", run), in("state", BatchState.READY.wire(), BatchState.LEASED.wire()));
        return mongoCollection().find(filter, Document.class, new FindOptions().projection(Projections.include("_id")).limit(1)).collect()
                .asList().map(found -> !found.isEmpty());
    }

    public Uni<Long> done(String run) {
        return mongoCollection().countDocuments(and(eq("run", run), eq("state", BatchState.DONE.wire())));
    }

    /** All batches of a run, without their members. */
    public Multi<BatchDocument> ofRun(String run) {
        return mongoCollection().find(eq("run", run), new FindOptions().projection(WITHOUT_MEMBERS));
    }

}
