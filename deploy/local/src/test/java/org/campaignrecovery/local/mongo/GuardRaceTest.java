package org.campaignrecovery.local.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.mongodb.client.MongoCollection;

/** Several connections after the same documents: each change has one winner. */
class GuardRaceTest {

    private static final int CONNECTIONS = 6;
    private static final int ROUNDS = 150;

    @TempDir
    Path directory;
    private ServerUnderTest mongo;
    private final ExecutorService racers = Executors.newFixedThreadPool(CONNECTIONS);

    @BeforeEach
    void start() {
        mongo = new ServerUnderTest(directory.resolve("ledger.mv"));
    }

    @AfterEach
    void stop() {
        racers.shutdownNow();
        mongo.close();
    }

    @Test
    void oneTakesTheLease() throws Exception {
        MongoCollection<Document> batches = mongo.collection("batches");
        batches.insertOne(new Document("_id", "b").append("epoch", 0));
        CyclicBarrier start = new CyclicBarrier(CONNECTIONS);

        List<List<Boolean>> wins = race(racer -> {
            List<Boolean> won = new ArrayList<>();
            for (int epoch = 0; epoch < ROUNDS; epoch++) {
                start.await();
                won.add(batches.updateOne(and(eq("_id", "b"), eq("epoch", epoch)),
                        combine(inc("epoch", 1), set("owner", racer))).getModifiedCount() == 1);
            }
            return won;
        });

        for (int round = 0; round < ROUNDS; round++) {
            int epoch = round;
            assertThat(wins.stream().filter(won -> won.get(epoch)).count()).as("winners of epoch %d", epoch).isEqualTo(1);
        }
        assertThat(batches.find().first().getInteger("epoch")).isEqualTo(ROUNDS);
    }

    @Test
    void everyDeliveryIsClaimedOnce() throws Exception {
        MongoCollection<Document> deliveries = mongo.collection("deliveries");
        List<Integer> ids = IntStream.range(0, 16 * ROUNDS).boxed().toList();
        deliveries.insertMany(ids.stream().map(id -> new Document("_id", id).append("state", "pending").append("fence", 1)).toList());

        List<Long> claimed = race(racer -> {
            long mine = 0;
            for (int group = 0; group < ROUNDS; group++) {
                // Overlapping groups, so that racers meet inside an update.
                List<Integer> members = ids.subList(group * 16, Math.min(ids.size(), group * 16 + 24));
                mine += deliveries.updateMany(and(in("_id", members), eq("state", "pending"), eq("fence", 1)),
                        combine(set("state", "sending"), set("claim", "racer:" + racer), inc("attempt", 1))).getModifiedCount();
            }
            return mine;
        });

        assertThat(claimed.stream().mapToLong(Long::longValue).sum()).isEqualTo(ids.size());
        assertThat(deliveries.countDocuments(eq("attempt", 1))).isEqualTo(ids.size());
        for (int racer = 0; racer < CONNECTIONS; racer++) {
            assertThat(deliveries.countDocuments(eq("claim", "racer:" + racer))).isEqualTo(claimed.get(racer));
        }
    }

    @Test
    void oneInsertsTheRun() throws Exception {
        MongoCollection<Document> runs = mongo.collection("runs");
        CyclicBarrier start = new CyclicBarrier(CONNECTIONS);

        List<Integer> inserted = race(racer -> {
            int mine = 0;
            for (int run = 0; run < ROUNDS; run++) {
                start.await();
                try {
                    runs.insertOne(new Document("_id", run).append("by", racer));
                    mine++;
                } catch (com.mongodb.MongoWriteException duplicate) {
                    assertThat(duplicate.getCode()).isEqualTo(11000);
                }
            }
            return mine;
        });

        assertThat(inserted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(ROUNDS);
    }

    private interface Racer<T> {
        T run(int number) throws Exception;
    }

    private <T> List<T> race(Racer<T> racer) throws Exception {
        List<Callable<T>> calls = IntStream.range(0, CONNECTIONS).<Callable<T>>mapToObj(n -> () -> racer.run(n)).toList();
        List<T> results = new ArrayList<>();
        for (Future<T> future : racers.invokeAll(calls)) {
            results.add(future.get());
        }
        return results;
    }
}
