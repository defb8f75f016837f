package org.campaignrecovery.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import org.bson.Document;
import org.campaignrecovery.local.mongo.EmbeddedMongo;
import org.junit.jupiter.api.Test;

import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;

class TakeoverTest {
    private static final Instant KILLED = Instant.parse("2026-11-01T10:00:00Z");

    @Test
    void isTheFirstMessageOfALeasedBatchAtALaterEpoch() {
        try (var mongo = EmbeddedMongo.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null);
                var client = MongoClients.create(mongo.connectionString())) {
            MongoDatabase ledger = client.getDatabase("campaigns");
            batch(ledger, "leased", "leased", 1L);
            batch(ledger, "other", "ready", 0L);
            Takeover takeover = Takeover.after(KILLED, ledger, "r");
            assertThat(takeover.batches()).isEqualTo(1);
            delivery(ledger, "leased", "sent", 1, 1);
            delivery(ledger, "other", "sent", 2, 2);
            delivery(ledger, "leased", "in_doubt", 2, 20);
            assertThat(takeover.duration()).isEmpty();
            delivery(ledger, "leased", "sent", 2, 22);
            delivery(ledger, "leased", "sent", 2, 21);
            assertThat(takeover.duration()).contains(Duration.ofSeconds(21));
        }
    }

    private static void batch(MongoDatabase ledger, String id, String state, long epoch) {
        ledger.getCollection("batches")
                .insertOne(new Document("_id", id).append("run", "r").append("state", state).append("epoch", epoch));
    }

    private static void delivery(MongoDatabase ledger, String batch, String state, long fence, int second) {
        ledger.getCollection("deliveries").insertOne(new Document("batch", batch).append("state", state).append("fence", fence).append("at",
                Date.from(KILLED.plusSeconds(second))));
    }
}
