package org.campaignrecovery.worker.delivery;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.Document;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.guard.Guards;
import org.campaignrecovery.model.accounting.SentSpan;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.guard.GuardedUpdate;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** The deliveries. Read and written by {@code _id}: the batch knows its members. */
@ApplicationScoped
public class DeliveryRepository implements GuardedRepository<DeliveryDocument> {
    private static final Bson STANDING = Projections.include("batch", "state", "claim", "notBefore", "at", "resent", "anonymised");
    /** Below the client's own time-out, so that an unanswered claim is no longer carried out by the server. */
    private static final Duration CLAIM_LIMIT = Duration.ofSeconds(5);
    private static final int DUPLICATE_KEY = 11_000;

    /**
     * Inserts deliveries; those whose id exists already are not touched.
     *
     * @return for each id that existed already the batch that it belongs to
     */
    public Uni<Map<String, String>> insertMissing(List<DeliveryDocument> deliveries) {
        return mongoCollection().insertMany(deliveries, new InsertManyOptions().ordered(false)).replaceWith(Map.<String, String>of())
                .onFailure(MongoBulkWriteException.class).recoverWithUni(failure -> {
                    List<BulkWriteError> errors = failure.getWriteErrors();
                    if (errors.isEmpty() || errors.stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) {
                        return Uni.createFrom().failure(failure);
                    }
                    return batchesOf(errors.stream().map(error -> deliveries.get(error.getIndex()).id()).toList());
                });
    }

    private Uni<Map<String, String>> batchesOf(List<String> ids) {
        return standing(ids).map(found -> found.stream().collect(Collectors.toMap(Standing::id, Standing::batch)));
    }

    /** The members of a batch that can be claimed under this epoch, whole. */
    public Uni<List<DeliveryDocument>> claimable(String batch, Collection<String> members, long epoch) {
        Bson filter = and(in("_id", members), eq("batch", batch), eq("state", DeliveryState.PENDING.wire()), eq("fence", epoch));
        return mongoCollection().find(filter).collect().asList();
    }

    /** Where these deliveries stand. */
    public Uni<List<Standing>> standing(Collection<String> ids) {
        return mongoCollection().find(in("_id", ids), Standing.class, new FindOptions().projection(STANDING)).collect().asList();
    }

    /** Which of these are in {@code sending} under this token. */
    public Uni<List<Standing>> claimedUnder(Collection<String> ids, String token) {
        Bson filter = and(in("_id", ids), eq("claim", token), eq("state", DeliveryState.SENDING.wire()));
        return mongoCollection().find(filter, Standing.class, new FindOptions().projection(STANDING)).collect().asList();
    }

    /**
     * Carries out a claim with a time limit of its own, never repeated by the driver. A failure means that the claim is unknown: it may
     * have been carried out, in part, or may still be.
     */
    public Uni<Long> claim(GuardedUpdate claim) {
        var registry = mongoCollection().getCodecRegistry();
        BsonDocument update = new BsonDocument("q", Guards.filter(claim).toBsonDocument(DeliveryDocument.class, registry))
                .append("u", Guards.update(claim).toBsonDocument(DeliveryDocument.class, registry)).append("multi", BsonBoolean.TRUE);
        BsonDocument command = new BsonDocument("update", new BsonString(DeliveryDocument.COLLECTION))
                .append("updates", new BsonArray(List.of(update))).append("maxTimeMS", new BsonInt64(CLAIM_LIMIT.toMillis()))
                .append("writeConcern", new BsonDocument("w", new BsonString("majority")).append("j", BsonBoolean.TRUE));
        return mongoDatabase().runCommand(command, Document.class).map(DeliveryRepository::modifiedOrFail);
    }

    private static long modifiedOrFail(Document answer) {
        if (answer.containsKey("writeErrors") || answer.containsKey("writeConcernError")) {
            throw new MongoException("the claim was not acknowledged: " + answer.toJson());
        }
        return ((Number) answer.get("nModified")).longValue();
    }

    /** A delivery without its content; null where it has nothing. */
    public record Standing(@BsonId String id, String batch, DeliveryState state, String claim, Instant notBefore, Instant at,
            Boolean resent, Instant anonymised) {

        /** From the first to the last message that was accepted, as the ledger noted it. */
        public static SentSpan sent(Collection<Standing> deliveries) {
            return SentSpan.of(deliveries.stream().filter(delivery -> delivery.state == DeliveryState.SENT).map(Standing::at));
        }
    }

    /** Carries out many updates of one document each in one round trip and tells how many were modified in all. */
    public Uni<Long> modifiedInBulk(List<GuardedUpdate> updates) {
        List<WriteModel<DeliveryDocument>> writes = updates.stream()
                .<WriteModel<DeliveryDocument>>map(update -> new UpdateOneModel<>(Guards.filter(update), Guards.update(update))).toList();
        return mongoCollection().bulkWrite(writes, new BulkWriteOptions().ordered(false)).map(result -> (long) result.getModifiedCount());
    }
}
