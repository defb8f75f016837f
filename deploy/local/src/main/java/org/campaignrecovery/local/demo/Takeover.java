package org.campaignrecovery.local.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.bson.Document;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;

/**
 * How long the work of a killed worker lay still: from the SIGKILL to the first message that somebody else got accepted for a batch that
 * the dead one had leased, by the ledger.
 */
final class Takeover {
    private final MongoDatabase campaigns;
    private final Instant killedAt;
    private final Map<String, Long> epochs = new HashMap<>();

    private Takeover(MongoDatabase campaigns, Instant killedAt) {
        this.campaigns = campaigns;
        this.killedAt = killedAt;
    }

    /** Notes what is leased: to be called right after the only worker was killed. */
    static Takeover after(Instant killedAt, MongoDatabase campaigns, String run) {
        Takeover takeover = new Takeover(campaigns, killedAt);
        for (Document batch : campaigns.getCollection("batches").find(Filters.and(Filters.eq("run", run), Filters.eq("state", "leased")))) {
            takeover.epochs.put(batch.getString("_id"), ((Number) batch.get("epoch")).longValue());
        }
        return takeover;
    }

    int batches() {
        return epochs.size();
    }

    /** Empty when nothing of these batches was left to send. */
    Optional<Duration> duration() {
        return epochs.entrySet().stream().map(batch -> firstSentAfter(batch.getKey(), batch.getValue())).flatMap(Optional::stream)
                .min(Instant::compareTo).map(first -> Duration.between(killedAt, first));
    }

    private Optional<Instant> firstSentAfter(String batch, long epoch) {
        Document first = campaigns.getCollection("deliveries")
                .find(Filters.and(Filters.eq("batch", batch), Filters.eq("state", "sent"), Filters.gt("fence", epoch)))
                .sort(Sorts.ascending("at"))
                .limit(1).first();
        return Optional.ofNullable(first).map(delivery -> delivery.get("at", Date.class).toInstant());
    }
}
