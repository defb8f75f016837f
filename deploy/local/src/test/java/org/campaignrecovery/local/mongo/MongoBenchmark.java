package org.campaignrecovery.local.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

import org.bson.Document;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.h2.H2Backend;

/** Prints what the ledger's usual operations cost, here and in the library's own backend. Run by hand. */
public final class MongoBenchmark {

    private static final int DOCUMENTS = 50_000;
    private static final long NANOS = 3_000_000_000L;

    private final MongoCollection<Document> deliveries;
    private final String name;

    private MongoBenchmark(String name, MongoClient client) {
        this.name = name;
        this.deliveries = client.getDatabase("bench").getCollection("deliveries");
    }

    public static void main(String[] args) throws Exception {
        Path directory = Files.createTempDirectory("mongo-benchmark");
        try (ServerUnderTest ours = new ServerUnderTest(directory.resolve("ours.mv"))) {
            new MongoBenchmark("durable", ours.client).run(new int[]{1, 8, 32});
            System.out.printf("durable: data file %,d KB%n", Files.size(directory.resolve("ours.mv")) / 1024);
        }
        H2Backend backend = new H2Backend(directory.resolve("stock.mv").toString());
        backend.version(ServerVersion.MONGO_5_0);
        MongoServer stock = new MongoServer(backend);
        try (MongoClient client = MongoClients.create(stock.bindAndGetConnectionString())) {
            new MongoBenchmark("library, not durable", client).run(new int[]{8});
        } finally {
            stock.shutdownNow();
        }
    }

    private void run(int[] connections) throws Exception {
        long start = System.nanoTime();
        for (int from = 0; from < DOCUMENTS; from += 500) {
            deliveries.insertMany(IntStream.range(from, from + 500).mapToObj(MongoBenchmark::delivery).toList());
        }
        System.out.printf("%s: %,d inserts/s, 500 at a time%n", name, (long) (DOCUMENTS / ((System.nanoTime() - start) / 1e9)));
        deliveries.createIndex(new Document("batch", 1));
        for (int n : connections) {
            measure("find by _id", n, id -> deliveries.find(eq("_id", "d" + id)).first());
            measure("guarded updateOne", n, id -> deliveries.updateOne(and(eq("_id", "d" + id), eq("fence", 1)), inc("attempt", 1)));
            measure("updateMany of 16 ids", n, id -> deliveries.updateMany(
                    and(in("_id", IntStream.range(id, id + 16).mapToObj(i -> "d" + i).toList()), eq("fence", 1)),
                    combine(set("state", "sending"), set("claim", "boot:" + id), inc("attempt", 1))));
            measure("find 50 by index", n, id -> deliveries.find(eq("batch", id / 50)).into(new ArrayList<>()));
        }
    }

    private void measure(String what, int connections, IntConsumer operation) throws Exception {
        LongAdder done = new LongAdder();
        ExecutorService clients = Executors.newFixedThreadPool(connections);
        long end = System.nanoTime() + NANOS;
        List<Future<?>> running = new ArrayList<>();
        for (int n = 0; n < connections; n++) {
            Random random = new Random(n);
            running.add(clients.submit(() -> {
                while (System.nanoTime() < end) {
                    operation.accept(random.nextInt(DOCUMENTS - 16));
                    done.increment();
                }
            }));
        }
        for (Future<?> client : running) {
            client.get();
        }
        clients.shutdown();
        System.out.printf("%s: %s, %d connections: %,.0f/s%n", name, what, connections, done.sum() / (NANOS / 1e9));
    }

    private static Document delivery(int n) {
        return new Document("_id", "d" + n).append("run", "run").append("batch", n / 50).append("channel", "email")
                .append("state", "pending")
                .append("fence", 1).append("attempt", 0).append("address", "customer" + n + "@example.org")
                .append("data", new Document("name", "Customer " + n).append("customer_id", n).append("text", "x".repeat(150)));
    }
}
