package org.campaignrecovery.ledger.presence;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.mongodb.MongoClientName;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.smallrye.mutiny.Uni;

/** The orders' database. */
@ApplicationScoped
class OrdersProbe implements Probe {
    private final ReactiveMongoClient client;
    private final String database;

    OrdersProbe(@MongoClientName("segmentation") ReactiveMongoClient client,
            @ConfigProperty(name = "quarkus.mongodb.segmentation.database") String database) {
        this.client = client;
        this.database = database;
    }

    @Override
    public String part() {
        return ORDERS;
    }

    @Override
    public Uni<Reach> look() {
        return client.getDatabase(database).runCommand(new Document("ping", 1)).replaceWith(Reach.ok()).onFailure()
                .recoverWithItem(Reach.failed("the orders' database (MONGO_URI) does not answer"));
    }
}
