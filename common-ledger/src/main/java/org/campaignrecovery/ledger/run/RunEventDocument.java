package org.campaignrecovery.ledger.run;

import java.time.Instant;

import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.model.run.RunEventKind;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * Something that happened to a run: for its history only, nothing is decided by it. Append-only; the id is derived from what happened, so
 * that noting it again does nothing. It holds no address.
 *
 * @param batch the batch concerned, or null
 * @param epoch of the lease that began with it
 * @param inDoubt how many messages it left in doubt, or null where there can be none
 * @param delivery the message concerned, or null
 */
@MongoEntity(collection = RunEventDocument.COLLECTION)
public record RunEventDocument(@BsonId String id, String run, Instant at, RunEventKind kind, String batch, Long epoch, Long inDoubt,
        String delivery) {
    public static final String COLLECTION = "run_events";

    public static RunEventDocument batchTakenOver(String run, String batch, long epoch, long inDoubt, Instant at) {
        return new RunEventDocument(batch + ":" + epoch, run, at, RunEventKind.BATCH_TAKEN_OVER, batch, epoch, inDoubt, null);
    }

    public static RunEventDocument planningTakenOver(String run, long epoch, Instant at) {
        return new RunEventDocument(run + ":planner:" + epoch, run, at, RunEventKind.PLANNING_TAKEN_OVER, null, epoch, null, null);
    }

    public static RunEventDocument possiblyTwice(String run, String batch, String delivery, String claim, Instant at) {
        return new RunEventDocument("twice:" + delivery + ":" + claim, run, at, RunEventKind.POSSIBLY_TWICE, batch, null, null, delivery);
    }
}
