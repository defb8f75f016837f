package org.campaignrecovery.api.evidence;

import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Filters.gt;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.channel.Channel;

import io.smallrye.mutiny.Uni;

/** What is in doubt, as the batches count it; there is an index for that. */
@ApplicationScoped
class DoubtCountRepository implements GuardedRepository<BatchDocument> {

    /** Every channel is there. */
    Uni<Map<Channel, Long>> byChannel() {
        return mongoCollection().aggregate(List.of(match(gt("counts.in_doubt", 0)), group("$channel", sum("n", "$counts.in_doubt"))),
                Document.class).collect().in(DoubtCountRepository::zeros,
                        (sums, one) -> sums.put(
                                Wire.parse(Channel.class, one.getString("_id")), one.get("n", Number.class).longValue()))
                .map(sums -> sums);
    }

    private static Map<Channel, Long> zeros() {
        Map<Channel, Long> zeros = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            zeros.put(channel, 0L);
        }
        return zeros;
    }
}
