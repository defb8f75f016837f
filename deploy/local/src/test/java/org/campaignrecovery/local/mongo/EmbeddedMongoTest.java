package org.campaignrecovery.local.mongo;

import static com.mongodb.client.model.Accumulators.sum;
import static com.mongodb.client.model.Aggregates.group;
import static com.mongodb.client.model.Aggregates.match;
import static com.mongodb.client.model.Aggregates.sort;
import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Sorts.ascending;
import static com.mongodb.client.model.Sorts.descending;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.max;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.bson.BsonType;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.mongodb.DuplicateKeyException;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.result.UpdateResult;

class EmbeddedMongoTest {

    @TempDir
    Path directory;
    private static ServerUnderTest mongo;
    private static int collections;
    private MongoCollection<Document> things;

    @BeforeAll
    static void start() {
        mongo = new ServerUnderTest(null);
    }

    @AfterAll
    static void stop() {
        mongo.close();
    }

    @BeforeEach
    void freshCollection() {
        things = mongo.collection("things" + collections++);
    }

    /** As {@code metrics.commands} of MongoDB's own answer: one for each request, however many documents it changes. */
    @Test
    void itTellsHowManyCommandsItHasCarriedOut() {
        long inserts = commands("insert");
        long updates = commands("update");
        things.insertMany(List.of(thing(1), thing(2), thing(3)));
        things.updateMany(new Document(), set("seen", true));
        assertThat(commands("insert") - inserts).isEqualTo(1);
        assertThat(commands("update") - updates).isEqualTo(1);
    }

    private static long commands(String name) {
        Document status = mongo.client.getDatabase("admin").runCommand(new Document("serverStatus", 1));
        Document counts = status.get("metrics", Document.class).get("commands", Document.class);
        return counts.containsKey(name) ? counts.get(name, Document.class).getLong("total") : 0;
    }

    @Test
    void anUnorderedInsertReportsWhichDocumentsWereDuplicates() {
        things.insertMany(List.of(thing(1), thing(3)));

        MongoBulkWriteException failure = catchThrowableOfType(MongoBulkWriteException.class,
                () -> things.insertMany(List.of(thing(0), thing(1), thing(2), thing(3), thing(4)), new InsertManyOptions().ordered(false)));

        assertThat(failure.getWriteErrors()).extracting(BulkWriteError::getIndex).containsExactly(1, 3);
        assertThat(failure.getWriteErrors()).extracting(BulkWriteError::getCode).containsOnly(11000);
        assertThat(failure.getWriteResult().getInsertedCount()).isEqualTo(3);
        assertThat(things.countDocuments()).isEqualTo(5);
    }

    @Test
    void anOrderedInsertStopsAtTheFirstDuplicate() {
        things.insertOne(thing(1));

        MongoBulkWriteException failure = catchThrowableOfType(MongoBulkWriteException.class,
                () -> things.insertMany(List.of(thing(0), thing(1), thing(2))));

        assertThat(failure.getWriteResult().getInsertedCount()).isEqualTo(1);
        assertThat(things.countDocuments()).isEqualTo(2);
    }

    @Test
    void idsAreEqualByValueWhateverTheirNumberType() {
        things.insertOne(new Document("_id", 17850));

        assertThatThrownBy(() -> things.insertOne(new Document("_id", 17850L))).isInstanceOf(MongoWriteException.class);
        assertThatThrownBy(() -> things.insertOne(new Document("_id", 17850.0))).isInstanceOf(MongoWriteException.class);
        things.insertOne(new Document("_id", "17850"));
        assertThat(things.countDocuments(eq("_id", 17850.0))).isEqualTo(1);
        assertThat(things.countDocuments(in("_id", 17850L, "17850", 1))).isEqualTo(2);
        assertThat(things.find(eq("_id", 17850L)).first().get("_id")).isEqualTo(17850);
    }

    @Test
    void aGuardedUpdateChangesWhatMatchesTheWholeFilter() {
        things.insertMany(IntStream.range(0, 20).mapToObj(n -> thing(n).append("state", n % 2 == 0 ? "pending" : "sent").append("fence", 1))
                .toList());

        UpdateResult result = things.updateMany(
                and(in("_id", IntStream.range(0, 16).boxed().toList()), eq("state", "pending"), eq("fence", 1)),
                combine(set("state", "sending"), inc("attempt", 1), unset("n"), max("high", 3)));

        assertThat(result.getMatchedCount()).isEqualTo(8);
        assertThat(result.getModifiedCount()).isEqualTo(8);
        assertThat(things.find(eq("_id", 2)).first())
                .isEqualTo(new Document("_id", 2).append("state", "sending").append("fence", 1).append("attempt", 1).append("high", 3));
        assertThat(things.countDocuments(eq("state", "pending"))).isEqualTo(2);
    }

    @Test
    void aLosingGuardModifiesNothing() {
        things.insertOne(thing(1).append("epoch", 3).append("hb", 7));

        assertThat(things.updateOne(and(eq("_id", 1), eq("epoch", 3), eq("hb", 8)), inc("epoch", 1)).getMatchedCount()).isZero();
        assertThat(things.deleteOne(and(eq("_id", 1), eq("epoch", 4))).getDeletedCount()).isZero();
        assertThat(things.findOneAndUpdate(and(eq("_id", 1), eq("epoch", 4)), inc("epoch", 1))).isNull();
        assertThat(things.countDocuments(and(eq("_id", 1), eq("epoch", 4)))).isZero();
        assertThat(things.find().first()).isEqualTo(thing(1).append("epoch", 3).append("hb", 7));
    }

    @Test
    void findAndModifyReturnsTheDocumentBeforeOrAfter() {
        things.insertOne(thing(1));
        FindOneAndUpdateOptions after = new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);

        assertThat(things.findOneAndUpdate(eq("_id", 1), set("n", 5)).get("n")).isEqualTo(1);
        assertThat(things.findOneAndUpdate(eq("_id", 1), set("n", 6), after).get("n")).isEqualTo(6);
        assertThat(things.findOneAndUpdate(eq("_id", 2), inc("n", 1), after.upsert(true))).isEqualTo(thing(2).append("n", 1));
        assertThat(things.findOneAndDelete(eq("_id", 2))).isNotNull();
        assertThat(things.countDocuments()).isEqualTo(1);
    }

    @Test
    void aBulkWriteReportsUpsertsAndUpdates() {
        things.insertOne(thing(1));

        BulkWriteResult result = things.bulkWrite(List.of(
                new InsertOneModel<>(thing(2)),
                new UpdateOneModel<>(eq("_id", 1), set("n", 9)),
                new UpdateOneModel<>(eq("_id", 3), set("n", 3), new UpdateOptions().upsert(true))), new BulkWriteOptions().ordered(false));

        assertThat(result.getInsertedCount()).isEqualTo(1);
        assertThat(result.getModifiedCount()).isEqualTo(1);
        assertThat(result.getUpserts()).hasSize(1);
        assertThat(things.countDocuments()).isEqualTo(3);
    }

    @Test
    void findsSortLimitSkipAndPage() {
        things.insertMany(IntStream.range(0, 1000).mapToObj(n -> thing(n)).toList());

        assertThat(things.find().sort(descending("n")).skip(10).limit(3).map(d -> d.getInteger("n"))).containsExactly(989, 988, 987);
        assertThat(things.find(gt("_id", 900)).sort(ascending("_id")).batchSize(7).into(new ArrayList<>())).hasSize(99);
        assertThat(things.find().into(new ArrayList<>())).hasSize(1000)
                .isSortedAccordingTo((a, b) -> a.getInteger("n") - b.getInteger("n"));
        assertThat(things.find().limit(250).into(new ArrayList<>())).hasSize(250);
        assertThat(things.find().first()).isEqualTo(thing(0));
        assertThat(things.find(eq("_id", 4)).projection(new Document("n", 1).append("_id", 0)).first()).isEqualTo(new Document("n", 4));
    }

    @Test
    void aggregatesMatchGroupAndSort() {
        things.insertMany(IntStream.range(0, 10).mapToObj(n -> thing(n).append("state", n < 3 ? "a" : "b")).toList());

        assertThat(things.aggregate(List.of(match(gt("n", 0)), group("$state", sum("count", 1)), sort(descending("_id")))))
                .containsExactly(new Document("_id", "b").append("count", 7), new Document("_id", "a").append("count", 2));
    }

    @Test
    void everyTypeOfValueComesBackAsItWent() {
        Document all = new Document("_id", new ObjectId()).append("int", 1).append("long", 1L).append("double", 1.5)
                .append("text", "Zürich 🏔").append("yes", true).append("none", null).append("at", new Date(1234567890123L))
                .append("list", List.of(1, "two", new Document("three", 3L))).append("nested", new Document("a", new Document("b", 2)))
                .append("decimal", Decimal128.parse("12.50"));
        things.insertOne(all);

        assertThat(things.find(eq("_id", all.get("_id"))).first()).isEqualTo(all);
        assertThat(things.find(eq("nested.a.b", 2)).first()).isEqualTo(all);
        assertThat(things.countDocuments(new Document("int", new Document("$type", BsonType.INT32.getValue())))).isEqualTo(1);
        assertThat(things.countDocuments(eq("uuid", UUID.randomUUID().toString()))).isZero();
    }

    @Test
    void aUniqueIndexRefusesASecondDocument() {
        things.createIndex(new Document("user", 1), new IndexOptions().unique(true));
        things.insertOne(thing(1).append("user", "ann"));
        things.insertOne(thing(2).append("user", "bob"));

        assertThatThrownBy(() -> things.insertOne(thing(3).append("user", "ann"))).isInstanceOf(MongoWriteException.class)
                .hasMessageContaining("E11000");
        assertThatThrownBy(() -> things.updateOne(eq("_id", 2), set("user", "ann"))).isInstanceOf(MongoWriteException.class)
                .hasMessageContaining("E11000");
        things.updateOne(eq("_id", 1), set("user", "cid"));
        things.updateOne(eq("_id", 2), set("user", "ann"));
        assertThatThrownBy(() -> things.createIndex(new Document("state", 1), new IndexOptions().unique(true)))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void tellsItsTime() {
        Document master = mongo.client.getDatabase("admin").runCommand(new Document("isMaster", 1));
        Document hello = mongo.client.getDatabase("admin").runCommand(new Document("hello", 1));

        assertThat(mongo.client.getDatabase("admin").runCommand(new Document("ping", 1)).get("ok")).isEqualTo(1.0);
        assertThat(master.getDate("localTime").toInstant().toEpochMilli()).isCloseTo(Instant.now().toEpochMilli(), within(2000L));
        assertThat(hello.getBoolean("isWritablePrimary")).isTrue();
        assertThat(hello).containsKey("localTime");
    }

    @Test
    void anUpdateMayCarryATimeLimit() {
        things.insertOne(thing(1));

        Document result = mongo.client.getDatabase("test").runCommand(new Document("update", things.getNamespace().getCollectionName())
                .append("updates",
                        List.of(new Document("q", new Document("_id", 1)).append("u", new Document("$set", new Document("n", 2)))))
                .append("maxTimeMS", 500).append("writeConcern", new Document("w", "majority").append("j", true)));

        assertThat(result.getInteger("nModified")).isEqualTo(1);
    }

    @Test
    void aDroppedCollectionIsEmpty() {
        things.createIndex(new Document("n", 1));
        things.insertOne(thing(1));
        things.drop();

        assertThat(things.countDocuments()).isZero();
        things.insertOne(thing(1));
        assertThat(things.find(eq("n", 1))).hasSize(1);
    }

    @Test
    void aDroppedDatabaseCanBeUsedAgain() {
        MongoDatabase scratch = mongo.client.getDatabase("scratch");
        for (int round = 0; round < 2; round++) {
            scratch.getCollection("a").createIndex(new Document("n", 1), new IndexOptions().unique(true));
            scratch.getCollection("a").insertOne(thing(1));
            scratch.getCollection("b").insertOne(thing(1));
            assertThat(scratch.listCollectionNames()).containsExactlyInAnyOrder("a", "b");
            assertThatThrownBy(() -> scratch.getCollection("a").insertOne(thing(2).append("n", 1))).isInstanceOf(MongoWriteException.class);
            scratch.drop();
            assertThat(scratch.listCollectionNames()).isEmpty();
        }
    }

    @Test
    void findAndModifyOfNothingWithAProjection() {
        FindOneAndUpdateOptions options = new FindOneAndUpdateOptions().projection(new Document("n", 1));

        assertThat(things.findOneAndUpdate(eq("_id", 1), set("n", 5), options)).isNull();
    }

    @Test
    void anOrderedBulkStopsAtTheFirstError() {
        things.createIndex(new Document("n", 1), new IndexOptions().unique(true));
        things.insertMany(List.of(thing(1), thing(2), thing(3)));

        MongoBulkWriteException failure = catchThrowableOfType(MongoBulkWriteException.class, () -> things.bulkWrite(List.of(
                new UpdateOneModel<>(eq("_id", 1), set("n", 10)),
                new UpdateOneModel<>(eq("_id", 2), set("n", 3)),
                new UpdateOneModel<>(eq("_id", 3), set("n", 30)))));

        assertThat(failure.getWriteErrors()).extracting(BulkWriteError::getIndex).containsExactly(1);
        assertThat(failure.getWriteResult().getModifiedCount()).isEqualTo(1);
        assertThat(things.find(eq("_id", 3)).first()).isEqualTo(thing(3));
    }

    @Test
    void manyConnectionsMayUseANewCollectionAtOnce() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(8);
        for (int round = 0; round < 20; round++) {
            MongoCollection<Document> fresh = mongo.collection("fresh" + round);
            AtomicInteger inserted = new AtomicInteger();
            clients.invokeAll(Collections.nCopies(8, () -> {
                try {
                    fresh.insertOne(thing(1));
                    return inserted.incrementAndGet();
                } catch (MongoWriteException duplicate) {
                    return 0;
                }
            }));
            assertThat(inserted).hasValue(1);
            assertThat(fresh.listIndexes()).hasSize(1);
        }
        clients.shutdown();
    }

    @Test
    void aDataFileBelongsToOneServer() {
        InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), mongo.server.port());

        assertThatThrownBy(() -> EmbeddedMongo.start(taken, null)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Cannot listen");
        Path file = directory.resolve("data.mv");
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (EmbeddedMongo first = EmbeddedMongo.start(free, file)) {
            assertThatThrownBy(() -> EmbeddedMongo.start(free, file)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("data.mv");
            assertThat(first.connectionString()).startsWith("mongodb://127.0.0.1:");
        }
        EmbeddedMongo.start(free, file).close();
    }

    private static Document thing(int n) {
        return new Document("_id", n).append("n", n);
    }
}
