package org.campaignrecovery.api.stack;

import java.util.ArrayList;
import java.util.List;

import org.bson.Document;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.config.ConfigProvider;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;

/** Looks into the ledger and the orders directly, as no part of the service does. */
public final class LedgerQuery {
    private static final MongoClient CLIENT = MongoClients.create(setting("quarkus.mongodb.connection-string"));

    private LedgerQuery() {
    }

    public static MongoDatabase ledger() {
        return CLIENT.getDatabase(setting("quarkus.mongodb.database"));
    }

    public static MongoDatabase orders() {
        return CLIENT.getDatabase(setting("quarkus.mongodb.segmentation.database"));
    }

    public static List<Document> all(String collection, Bson filter) {
        return ledger().getCollection(collection).find(filter).into(new ArrayList<>());
    }

    public static long count(String collection) {
        return ledger().getCollection(collection).countDocuments();
    }

    public static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
