package org.campaignrecovery.local.orders;

import java.util.Map;

import org.bson.Document;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;

/** Where the orders are: {@code MONGO_URI}, {@code SEGMENTATION_DB} (retail_db), {@code ORDERS_COLLECTION} (orders). */
public final class OrdersCollection implements AutoCloseable {
    private final MongoClient client;
    private final MongoCollection<Document> collection;

    private OrdersCollection(MongoClient client, MongoCollection<Document> collection) {
        this.client = client;
        this.collection = collection;
    }

    /** @throws IllegalArgumentException with a sentence when {@code MONGO_URI} is missing */
    public static OrdersCollection open(Map<String, String> environment) {
        String uri = environment.get("MONGO_URI");
        if (uri == null || uri.isBlank()) {
            throw new IllegalArgumentException("Where should the orders go? Run make up first, or set MONGO_URI.");
        }
        MongoClient client = MongoClients.create(uri);
        String database = environment.getOrDefault("SEGMENTATION_DB", "retail_db");
        return new OrdersCollection(client,
                client.getDatabase(database).getCollection(environment.getOrDefault("ORDERS_COLLECTION", "orders")));
    }

    public MongoCollection<Document> collection() {
        return collection;
    }

    @Override
    public void close() {
        client.close();
    }
}
