package org.campaignrecovery.ledger.planning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.bson.BsonValue;
import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryId;
import org.campaignrecovery.model.planning.PageState;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * Up to 500 customers as the planner read them: its write-ahead record.
 *
 * @param id {@link org.campaignrecovery.model.planning.PageId} as text
 * @param from exclusive position in the audience after which it was read, or null for its beginning
 * @param to position of the last customer that it covers: the next page goes on after it
 * @param rows what was read, only while {@code planning}
 * @param batches ids of its batches, once planned
 * @param skipped skips of this page by channel
 * @param erasures how often a row of it was erased, or null
 * @param batchCount how many batches the pages before it have, on the end page those of the run; null on other pages of earlier versions
 */
@MongoEntity(collection = PageDocument.COLLECTION)
public record PageDocument(@BsonId String id, String run, int n, PageState state, BsonValue from, BsonValue to, List<Row> rows,
        List<String> batches, Map<String, Skips> skipped, Long batchCount, Long erasures) {
    public static final String COLLECTION = "pages";

    /**
     * One customer to be reached.
     *
     * @param customer canonical id
     * @param data the fields that the templates use
     * @param addresses normalised address by channel; a channel is missing when it was skipped
     * @param erased of a customer who was erased, who has nothing else: the ids of the deliveries by channel; else null
     */
    public record Row(String customer, Map<String, String> data, Map<String, String> addresses, Map<String, String> erased) {

        public static Row of(String customer, Map<String, String> data, Map<String, String> addresses) {
            return new Row(customer, data, addresses, null);
        }

        /** The ids of its deliveries by channel: the same whether it is erased or not. */
        public Map<String, String> deliveries(String run) {
            if (erased != null) {
                return erased;
            }
            Map<String, String> ids = new LinkedHashMap<>();
            addresses.forEach((channel, address) -> ids.put(channel, DeliveryId.of(run, Wire.parse(Channel.class, channel), address)));
            return ids;
        }

        /** What is left of it. */
        public Row erase(String run) {
            return new Row(null, null, null, deliveries(run));
        }
    }
}
