package org.campaignrecovery.local.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.IndexOptions;

/** Writers from several connections, SIGKILL in the middle, and again: what was acknowledged is there. */
class HardKillTest {

    private static final int WRITERS = 6;
    private static final int GROUP = 16;
    private static final int ROUNDS_BEFORE_KILL = 120;
    private static final int KILLS = 3;

    @TempDir
    Path directory;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledgedSent = ConcurrentHashMap.newKeySet();
    private final Map<Integer, Integer> attemptedEpochs = new ConcurrentHashMap<>();
    private final Map<Integer, Integer> acknowledgedEpochs = new ConcurrentHashMap<>();

    @Test
    void nothingAcknowledgedIsLostAndGuardsStillHold() throws Exception {
        Path file = directory.resolve("data").resolve("ledger.mv");
        for (int kill = 0; kill < KILLS; kill++) {
            writeAndKill(file, kill);
            try (ServerUnderTest mongo = new ServerUnderTest(file)) {
                verify(mongo.collection("deliveries"), mongo.collection("batches"));
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(KILLS * ROUNDS_BEFORE_KILL * GROUP);
    }

    private void writeAndKill(Path file, int kill) throws Exception {
        ServerProcess server = ServerProcess.start(file);
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try (MongoClient client = MongoClients.create(server.connectionString + "/?w=majority&journal=true&serverSelectionTimeoutMS=500")) {
            MongoCollection<Document> deliveries = client.getDatabase("test").getCollection("deliveries");
            MongoCollection<Document> batches = client.getDatabase("test").getCollection("batches");
            deliveries.createIndex(new Document("run", 1).append("state", 1));
            deliveries.createIndex(new Document("serial", 1), new IndexOptions().unique(true));
            CountDownLatch rounds = new CountDownLatch(ROUNDS_BEFORE_KILL);
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                running.add(writers.submit(() -> write(deliveries, batches, kill + "/" + number, number, rounds)));
            }
            rounds.await();
            server.kill();
            for (Future<?> writer : running) {
                writer.get();
            }
        } finally {
            writers.shutdownNow();
            server.kill();
        }
    }

    /** Inserts a group, sends it and steps an epoch, until the server is gone. */
    private void write(MongoCollection<Document> deliveries, MongoCollection<Document> batches, String name, int writer,
            CountDownLatch rounds) {
        try {
            for (int round = 0;; round++) {
                String batch = name + "/" + round;
                List<String> ids = IntStream.range(0, GROUP).mapToObj(n -> batch + "/" + n).toList();
                deliveries.insertMany(ids.stream().map(id -> new Document("_id", id).append("run", "r" + writer % 2)
                        .append("state", "pending").append("serial", "s" + id).append("data", "x".repeat(200))).toList());
                acknowledged.addAll(ids);
                if (deliveries.updateMany(and(in("_id", ids), eq("state", "pending")), set("state", "sent")).getModifiedCount() == GROUP) {
                    acknowledgedSent.addAll(ids);
                }
                step(batches, writer);
                rounds.countDown();
            }
        } catch (MongoException killed) {
            // Expected: this is how the writer learns of it.
        }
    }

    private void step(MongoCollection<Document> batches, int writer) {
        int epoch = attemptedEpochs.getOrDefault(writer, 0);
        if (epoch == 0) {
            batches.insertOne(new Document("_id", writer).append("epoch", 0));
        } else {
            // An unanswered step of the last life may or may not have been carried out.
            epoch = batches.find(eq("_id", writer)).first().getInteger("epoch");
        }
        attemptedEpochs.put(writer, epoch + 1);
        assertThat(batches.updateOne(and(eq("_id", writer), eq("epoch", epoch)), inc("epoch", 1)).getModifiedCount()).isEqualTo(1);
        acknowledgedEpochs.put(writer, epoch + 1);
    }

    private void verify(MongoCollection<Document> deliveries, MongoCollection<Document> batches) {
        Map<String, Document> found = new HashMap<>();
        deliveries.find().forEach(document -> found.put(document.getString("_id"), document));
        assertThat(acknowledged.stream().filter(id -> !found.containsKey(id))).as("lost").isEmpty();
        for (String id : acknowledgedSent) {
            assertThat(found.get(id).getString("state")).as(id).isEqualTo("sent");
        }
        for (Document batch : batches.find()) {
            int writer = batch.getInteger("_id");
            assertThat(batch.getInteger("epoch")).isBetween(acknowledgedEpochs.getOrDefault(writer, 0), attemptedEpochs.get(writer));
        }
        for (String run : List.of("r0", "r1")) {
            for (String state : List.of("pending", "sent")) {
                Set<String> expected = found.values().stream().filter(d -> run.equals(d.get("run")) && state.equals(d.get("state")))
                        .map(d -> d.getString("_id")).collect(toSet());
                List<String> indexed = deliveries.find(and(eq("run", run), eq("state", state))).map(d -> d.getString("_id"))
                        .into(new ArrayList<>());
                assertThat(indexed).hasSize(expected.size());
                assertThat(new HashSet<>(indexed).equals(expected)).as("%s %s by index", run, state).isTrue();
            }
        }
        String known = acknowledged.iterator().next();
        assertThatThrownBy(() -> deliveries.insertOne(new Document("_id", known))).isInstanceOf(MongoWriteException.class);
        assertThatThrownBy(() -> deliveries.insertOne(new Document("_id", "new").append("serial", "s" + known)))
                .isInstanceOf(MongoWriteException.class);
    }
}
