package org.campaignrecovery.ledger.batch;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.accounting.SentSpan;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * Up to 500 deliveries of one page on one channel: the unit of work that a worker leases.
 *
 * @param id {@link org.campaignrecovery.model.batch.BatchId} as text
 * @param epoch rises with every lease; the deliveries still open carry it as their fence
 * @param hb the owner's heartbeat
 * @param notBefore nobody takes it earlier, or null
 * @param members ids of its deliveries, never changed
 * @param counts members by state; sums to their number
 * @param order an operator's order that the next owner executes first, or null
 * @param dirty how often late evidence has changed a member since {@code counts} was last taken
 * @param at last change of {@code state}
 * @param firstSentAt when the first and the last of its messages were accepted, as of the latest time it was put down; null when none was
 * @param fruitless how many leases in a row have died without any progress, or null
 * @param parked set when that were too many: nobody takes it until an operator says so
 * @param announced how many late changes of members were announced and are not known to be written, or null
 * @param doubted the restoration from a backup by which its open members were put in doubt last, or null
 */
@MongoEntity(collection = BatchDocument.COLLECTION)
public record BatchDocument(@BsonId String id, String run, Channel channel, BatchState state, long epoch, String owner, long hb,
        Instant notBefore, List<String> members, Map<String, Long> counts, int round, Order order, long dirty, Instant at,
        Instant firstSentAt, Instant lastSentAt, Integer fruitless, Boolean parked,
        Integer announced, Long doubted) {
    public static final String COLLECTION = "batches";

    /** What an operator wants done with closed members: {@code from} these states back to pending. */
    public record Order(int round, List<DeliveryState> from, List<String> deliveries) {
    }

    /** A new batch, nobody's yet, all of whose members are in this state. */
    public static BatchDocument ready(String id, String run, Channel channel, List<String> members, DeliveryState state, Instant now) {
        return new BatchDocument(id, run, channel, BatchState.READY, 0, null, 0, null, members,
                Counts.of(state, members.size()).toWire(), 0, null, 0, now, null, null, null, null, null, null);
    }

    public SentSpan sent() {
        return new SentSpan(firstSentAt, lastSentAt);
    }

    public Counts vector() {
        return Counts.fromWire(counts);
    }
}
