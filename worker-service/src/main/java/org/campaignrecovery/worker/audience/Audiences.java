package org.campaignrecovery.worker.audience;

import java.util.HashSet;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.audience.OrdersConfig;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.audience.OrderFields;

import com.mongodb.client.model.Projections;

import io.quarkus.mongodb.MongoClientName;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;

/** Opens audiences over the orders, read-only. */
@ApplicationScoped
public class Audiences {
    private final ReactiveMongoCollection<Document> orders;
    private final SegmentRepository segments;
    private final OrderFields fields;

    Audiences(@MongoClientName("segmentation") ReactiveMongoClient client, SegmentRepository segments, OrdersConfig config) {
        this.orders = client.getDatabase(config.database()).getCollection(config.collection());
        this.segments = segments;
        this.fields = config.fields();
    }

    /**
     * Reads an audience from behind {@code after}, or from its beginning when that is null.
     *
     * @param wanted names of the fields that templates use
     */
    public AudienceCursor open(CampaignDocument.Audience audience, Set<String> wanted, BsonValue after) {
        return audience.allCustomers()
                ? new AllCustomersCursor(orders, fields, wanted, projection(wanted), after)
                : new SegmentCursor(orders, segments, fields, wanted, projection(wanted), audience, after);
    }

    private Bson projection(Set<String> wanted) {
        Set<String> read = new HashSet<>(wanted);
        read.addAll(Set.of(fields.customerId(), fields.name(), fields.email(), fields.phone(), fields.orderDate(), fields.orderId()));
        return Projections.include(read.toArray(String[]::new));
    }
}
