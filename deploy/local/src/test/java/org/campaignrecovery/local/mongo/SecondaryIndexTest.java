package org.campaignrecovery.local.mongo;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import org.bson.Document;
import org.bson.conversions.Bson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;

class SecondaryIndexTest {

    @TempDir
    Path directory;
    private ServerUnderTest mongo;
    private MongoCollection<Document> orders;

    @BeforeEach
    void start() {
        mongo = new ServerUnderTest(directory.resolve("data.mv"));
        orders = mongo.collection("orders");
    }

    @AfterEach
    void stop() {
        mongo.close();
    }

    private void restart() {
        mongo.close();
        start();
    }

    @Test
    void numbersAreEqualByValueAndTextIsNotANumber() {
        orders.createIndex(new Document("customer_id", 1));
        orders.insertMany(List.of(order(1, 17850), order(2, 17850L), order(3, 17850.0), order(4, "17850"), order(5, 17851)));

        for (Object customer : List.of(17850, 17850L, 17850.0)) {
            assertThat(ids(eq("customer_id", customer))).containsExactly(1, 2, 3);
        }
        assertThat(ids(eq("customer_id", "17850"))).containsExactly(4);
        assertThat(ids(in("customer_id", 17851L, "17850"))).containsExactly(4, 5);
    }

    @Test
    void missingAndNullAreFoundAsNull() {
        orders.createIndex(new Document("customer_id", 1));
        orders.insertMany(List.of(order(1, null), new Document("_id", 2), order(3, 1)));

        assertThat(ids(eq("customer_id", null))).containsExactly(1, 2);
        orders.updateOne(eq("_id", 3), unset("customer_id"));
        orders.updateOne(eq("_id", 1), set("customer_id", 1));
        assertThat(ids(eq("customer_id", null))).containsExactly(2, 3);
        assertThat(ids(eq("customer_id", 1))).containsExactly(1);
    }

    @Test
    void anArrayIsFoundByEachOfItsElementsOnce() {
        orders.createIndex(new Document("customer_id", 1));
        orders.insertMany(List.of(order(1, List.of(7, 8)), order(2, 8), order(3, List.of())));

        assertThat(ids(eq("customer_id", 8))).containsExactly(1, 2);
        assertThat(ids(in("customer_id", 7, 8))).containsExactly(1, 2);
        assertThat(ids(eq("customer_id", List.of(7, 8)))).containsExactly(1);
        orders.updateOne(eq("_id", 2), set("customer_id", List.of(1)));
        orders.updateOne(eq("_id", 2), push("customer_id", 7));
        assertThat(ids(eq("customer_id", 7))).containsExactly(1, 2);
        assertThat(orders.find().sort(ascending("customer_id")).map(d -> d.getInteger("_id"))).containsExactly(3, 2, 1);
    }

    @Test
    void anIndexOnSeveralFieldsServesItsFirst() {
        orders.createIndex(new Document("run", 1).append("state", 1));
        orders.insertMany(IntStream.range(0, 40)
                .mapToObj(n -> new Document("_id", n).append("run", "r" + n % 2).append("state", n % 4 < 2 ? "ready" : "done")
                        .append("round", n))
                .toList());

        assertThat(ids(eq("run", "r1"))).hasSize(20);
        assertThat(ids(and(eq("run", "r1"), eq("state", "ready")))).hasSize(10);
        assertThat(ids(and(eq("run", "r1"), in("state", "ready", "done"), gt("round", 36)))).containsExactly(37, 39);
        assertThat(orders.updateMany(and(eq("run", "r1"), eq("state", "ready")), set("state", "done")).getModifiedCount()).isEqualTo(10);
        assertThat(ids(and(eq("run", "r1"), eq("state", "ready")))).isEmpty();
        assertThat(orders.deleteMany(and(eq("run", "r1"), eq("state", "done"))).getDeletedCount()).isEqualTo(20);
        assertThat(ids(eq("run", "r1"))).isEmpty();
    }

    @Test
    void anIndexIsBuiltFromWhatIsThereAndSurvivesARestart() {
        orders.insertMany(IntStream.range(0, 100).mapToObj(n -> order(n, n % 10)).toList());
        orders.createIndex(new Document("customer_id", 1));
        orders.createIndex(new Document("customer_id", 1));
        orders.deleteOne(eq("_id", 13));
        restart();

        assertThat(ids(eq("customer_id", 3))).hasSize(9).doesNotContain(13);
        orders.insertOne(order(13, 3));
        assertThat(ids(eq("customer_id", 3))).hasSize(10);
        assertThat(orders.listIndexes().map(index -> index.getString("name"))).containsExactly("_id_", "customer_id_1");
        orders.dropIndex("customer_id_1");
        restart();
        assertThat(ids(eq("customer_id", 3))).hasSize(10);
        assertThat(orders.listIndexes()).hasSize(1);
    }

    @Test
    void aRangeInOrderStreamsInBothDirections() {
        orders.createIndex(new Document("customer_id", 1));
        List<Document> all = new ArrayList<>(IntStream.range(0, 1500).mapToObj(n -> order(n, n % 500 + (n % 3 == 0 ? 0.5 : 0))).toList());
        all.addAll(IntStream.range(1500, 1600).mapToObj(n -> order(n, "c" + n)).toList());
        orders.insertMany(all);
        List<Double> expected = all.stream().map(d -> d.get("customer_id")).filter(Number.class::isInstance)
                .map(c -> ((Number) c).doubleValue()).filter(c -> c > 250).sorted().toList();

        assertThat(orders.find(gt("customer_id", 250)).sort(new Document("customer_id", 1).append("_id", 1)).batchSize(100)
                .map(SecondaryIndexTest::customer))
                .containsExactlyElementsOf(expected);
        assertThat(orders.find(gt("customer_id", 250)).sort(new Document("customer_id", -1)).map(SecondaryIndexTest::customer))
                .containsExactlyElementsOf(expected.stream().sorted(Comparator.reverseOrder()).toList());
        assertThat(orders.find(gt("customer_id", "c1550")).sort(new Document("customer_id", 1))).hasSize(49);
        assertThat(orders.aggregate(List.of(new Document("$match", new Document("customer_id", new Document("$gt", 250))),
                new Document("$sort", new Document("customer_id", 1)))).map(SecondaryIndexTest::customer))
                .containsExactlyElementsOf(expected);
    }

    /** The library without any index is the oracle: an index may only make it faster. */
    @Test
    void answersWhatAScanAnswers() {
        MongoServer oracle = new MongoServer(H2Backend.inMemory());
        try (MongoClient client = MongoClients.create(oracle.bindAndGetConnectionString())) {
            MongoCollection<Document> scanned = client.getDatabase("test").getCollection("orders");
            orders.createIndex(new Document("a", 1));
            orders.createIndex(new Document("b", 1).append("a", 1));
            orders.createIndex(new Document("c.d", 1));
            Random random = new Random(42);
            for (int n = 0; n < 200; n++) {
                Document document = randomDocument(random, n);
                orders.insertOne(document);
                scanned.insertOne(document);
            }
            for (int n = 0; n < 100; n++) {
                Bson filter = eq("_id", random.nextInt(200));
                Bson update = random.nextBoolean() ? set("a", randomValue(random)) : set("b", randomValue(random));
                orders.updateOne(filter, update);
                scanned.updateOne(filter, update);
                if (n % 10 == 0) {
                    orders.deleteOne(filter);
                    scanned.deleteOne(filter);
                }
            }
            for (int n = 0; n < 200; n++) {
                Document filter = randomFilter(random);
                assertThat(byId(orders.find(filter))).as("%s", filter).isEqualTo(byId(scanned.find(filter)));
                Document order = new Document(random.nextBoolean() ? "a" : "b", random.nextBoolean() ? 1 : -1).append("_id", 1);
                assertThat(orders.find(filter).sort(order).into(new ArrayList<>())).as("%s sorted by %s", filter, order)
                        .isEqualTo(scanned.find(filter).sort(order).into(new ArrayList<>()));
            }
        } finally {
            oracle.shutdownNow();
        }
    }

    private static List<Document> byId(Iterable<Document> documents) {
        List<Document> sorted = new ArrayList<>();
        documents.forEach(sorted::add);
        sorted.sort(Comparator.comparing(document -> document.getInteger("_id")));
        return sorted;
    }

    private static Document randomDocument(Random random, int id) {
        Document document = new Document("_id", id);
        for (String field : List.of("a", "b")) {
            if (random.nextInt(8) > 0) {
                document.append(field, randomValue(random));
            }
        }
        return document.append("c", random.nextBoolean()
                ? new Document("d", random.nextInt(5))
                : List.of(new Document("d", random.nextInt(5)), new Document("d", random.nextInt(5))));
    }

    private static Object randomValue(Random random) {
        int n = random.nextInt(6);
        return switch (random.nextInt(6)) {
            case 0 -> n;
            case 1 -> (long) n;
            case 2 -> n / 2.0;
            case 3 -> "t" + n;
            case 4 -> null;
            default -> (Object) (n % 2 == 0 ? Boolean.TRUE : new Document("x", n));
        };
    }

    private static Document randomFilter(Random random) {
        Document filter = new Document();
        for (String field : List.of("a", "b", "_id", "c.d")) {
            switch (random.nextInt(9)) {
                case 0 -> filter.append(field, randomValue(random));
                case 1 ->
                    filter.append(field, new Document("$in", Arrays.asList(randomValue(random), randomValue(random), randomValue(random))));
                case 2 -> filter.append(field, new Document(random.nextBoolean() ? "$gt" : "$gte", random.nextInt(6)));
                case 3 -> filter.append(field, new Document("$lt", random.nextInt(6)).append("$gte", 1));
                default -> {
                    // The filter says nothing about the field.
                }
            }
        }
        return filter;
    }

    private List<Integer> ids(Bson filter) {
        return orders.find(filter).map(document -> document.getInteger("_id")).into(new ArrayList<>());
    }

    private static double customer(Document order) {
        return ((Number) order.get("customer_id")).doubleValue();
    }

    private static Document order(int id, Object customer) {
        return new Document("_id", id).append("customer_id", customer);
    }
}
