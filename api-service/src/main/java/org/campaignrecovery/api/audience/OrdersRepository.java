package org.campaignrecovery.api.audience;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.BsonValue;
import org.bson.Document;
import org.campaignrecovery.ledger.audience.OrdersConfig;
import org.campaignrecovery.model.audience.CustomerId;

import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.MongoClientName;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

/** The orders, as far as somebody asks whether there are any. Only reads. */
@ApplicationScoped
public class OrdersRepository {
    private final ReactiveMongoCollection<Document> orders;
    private final String database;
    private final String collection;
    private final String customerField;

    OrdersRepository(@MongoClientName("segmentation") ReactiveMongoClient client, OrdersConfig config) {
        this.orders = client.getDatabase(config.database()).getCollection(config.collection());
        this.database = config.database();
        this.collection = config.collection();
        this.customerField = config.field().customerId();
    }

    public String database() {
        return database;
    }

    public String collection() {
        return collection;
    }

    /** The field of an order that holds its customer's id. */
    public String customerField() {
        return customerField;
    }

    /** Database and collection, as MongoDB names them. */
    public String namespace() {
        return database + "." + collection;
    }

    /** Whether there is an order. */
    public Uni<Boolean> any() {
        return orders.find(new FindOptions().limit(1).projection(include("_id"))).collect().first().map(order -> order != null);
    }

    /** Whether an index begins with the customer's id. */
    public Uni<Boolean> isIndexed() {
        return orders.listIndexes().map(index -> index.get("key", Document.class).keySet().iterator().next()).collect().asList()
                .map(first -> first.contains(customerField));
    }

    /** How many of these customers have an order. */
    public Uni<Long> known(List<String> canonicalIds) {
        List<Object> stored = new ArrayList<>(canonicalIds.size() * 2);
        canonicalIds.forEach(id -> stored.addAll(new CustomerId(id).storedAs()));
        return orders.distinct(customerField, in(customerField, stored), BsonValue.class).collect()
                .in(HashSet<CustomerId>::new, (known, value) -> CustomerId.of(plain(value)).ifPresent(known::add))
                .map(known -> (long) known.size());
    }

    private static Object plain(BsonValue value) {
        return switch (value.getBsonType()) {
            case STRING -> value.asString().getValue();
            case INT32 -> value.asInt32().getValue();
            case INT64 -> value.asInt64().getValue();
            case DOUBLE -> value.asDouble().getValue();
            default -> value;
        };
    }
}
