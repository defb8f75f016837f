package org.campaignrecovery.bench.planning.orders;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.netty.channel.Channel;

/** Answers a planner's query and what clients ask a server about itself; whatever it is called, every collection holds the same orders. Nothing can be written. */
final class OrdersBackend extends AbstractMongoBackend {
    private static final int NOT_WRITABLE = 10107;
    private static final int USUAL_BATCH = 101;
    private static final String CURSOR = "cursor";

    private final MadeUpCustomers customers;
    private final AtomicLong cursorIds = new AtomicLong();
    private final Map<Long, Iterator<Document>> cursors = new ConcurrentHashMap<>();

    OrdersBackend(MadeUpCustomers customers) {
        this.customers = customers;
        version(ServerVersion.MONGO_5_0);
    }

    @Override
    public Document handleCommand(Channel channel, String databaseName, String command, Document query) {
        return switch (command) {
            case "find" -> find(databaseName + "." + query.get("find"), query);
            case "getMore" -> getMore(databaseName + "." + query.get("collection"), query);
            case "killCursors" -> kill((Collection<?>) query.get("cursors"));
            case "listIndexes" -> okay(CURSOR, new Document("id", 0L).append("ns", databaseName + "." + query.get("listIndexes"))
                    .append("firstBatch", List.of(index("_id"), index("customer_id"))));
            case "ping" -> okay("for", databaseName);
            case "hello" -> {
                Document answer = super.handleCommand(channel, databaseName, "ismaster", query);
                answer.put("isWritablePrimary", answer.remove("ismaster"));
                yield answer;
            }
            default -> super.handleCommand(channel, databaseName, command, query);
        };
    }

    private Document find(String namespace, Document query) {
        Iterator<Document> orders = OrdersQuery.of(query, customers).answer(customers);
        int limit = number(query.get("limit"), 0);
        List<Document> first = take(orders, limit > 0 ? limit : number(query.get("batchSize"), USUAL_BATCH));
        long id = 0;
        if (limit == 0 && orders.hasNext()) {
            id = cursorIds.incrementAndGet();
            cursors.put(id, orders);
        }
        return okay(CURSOR, new Document("id", id).append("ns", namespace).append("firstBatch", first));
    }

    private Document getMore(String namespace, Document query) {
        long id = ((Number) query.get("getMore")).longValue();
        Iterator<Document> orders = cursors.get(id);
        if (orders == null) {
            throw new MongoServerError(43, "CursorNotFound", "Cursor id " + id + " does not exist");
        }
        List<Document> next = take(orders, number(query.get("batchSize"), USUAL_BATCH));
        boolean over = !orders.hasNext();
        if (over) {
            cursors.remove(id);
        }
        return okay(CURSOR, new Document("id", over ? 0L : id).append("ns", namespace).append("nextBatch", next));
    }

    private Document kill(Collection<?> ids) {
        ids.forEach(id -> cursors.remove(((Number) id).longValue()));
        return okay("cursorsKilled", new ArrayList<>(ids));
    }

    private static List<Document> take(Iterator<Document> orders, int most) {
        List<Document> taken = new ArrayList<>(most);
        while (taken.size() < most && orders.hasNext()) {
            taken.add(orders.next());
        }
        return taken;
    }

    private static int number(Object given, int otherwise) {
        return given instanceof Number number && number.intValue() > 0 ? number.intValue() : otherwise;
    }

    private static Document index(String field) {
        return new Document("v", 2).append("key", new Document(field, 1)).append("name", field + "_1");
    }

    private static Document okay(String field, Object value) {
        Document answer = new Document(field, value);
        Utils.markOkay(answer);
        return answer;
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String databaseName) {
        throw new MongoServerError(NOT_WRITABLE, "NotWritablePrimary",
                "these orders are made up while they are read: nothing else is kept");
    }
}
