package org.campaignrecovery.ledger.audience;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.audience.CustomerFilter;
import org.campaignrecovery.model.audience.CustomerFold;
import org.campaignrecovery.model.audience.HistoryFields;
import org.campaignrecovery.model.audience.OrderFields;

import com.mongodb.client.model.Projections;

import io.quarkus.mongodb.MongoClientName;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

/** Opens audiences over the orders, read-only. */
@ApplicationScoped
public class Audiences {
    private final ReactiveMongoCollection<Document> orders;
    private final SegmentPartRepository segments;
    private final OrderFields fields;
    private final HistoryFields historyFields;

    Audiences(@MongoClientName("segmentation") ReactiveMongoClient client, SegmentPartRepository segments, OrdersConfig config) {
        this.orders = client.getDatabase(config.database()).getCollection(config.collection());
        this.segments = segments;
        this.fields = config.fields();
        this.historyFields = config.historyFields();
    }

    /**
     * Reads an audience from behind {@code after}, or from its beginning when that is null.
     *
     * @param wanted names of the fields that templates use
     * @param progress is told whenever something was read, although nobody may have been found in it
     */
    public AudienceCursor open(CampaignDocument.Audience audience, Set<String> wanted, BsonValue after, Runnable progress) {
        return audience.isSegment()
                ? new SegmentCursor(orders, part -> segments.part(audience.segment(), part), fields, wanted, projection(wanted), audience,
                        after)
                : everybody(audience.filter(), wanted, after, progress);
    }

    /** Reads the customers of a list that is in memory. */
    public AudienceCursor open(String segment, List<SegmentDocument> parts, Set<String> wanted) {
        long size = parts.stream().mapToLong(part -> part.ids().size()).sum();
        return new SegmentCursor(orders, part -> Uni.createFrom().item(parts.get(part)), fields, wanted, projection(wanted),
                CampaignDocument.Audience.segment(segment, size), null);
    }

    private AudienceCursor everybody(CustomerFilter filter, Set<String> wanted, BsonValue after, Runnable progress) {
        Set<String> read = new HashSet<>(wanted);
        if (filter != null) {
            read.addAll(List.of(historyFields.country(), historyFields.total(), historyFields.cancelled()));
        }
        return new AllCustomersCursor(orders, fields.customerId(), projection(read), after,
                () -> new CustomerFold(fields, historyFields, wanted, filter), progress);
    }

    private Bson projection(Set<String> wanted) {
        Set<String> read = new HashSet<>(wanted);
        read.addAll(Set.of(fields.customerId(), fields.name(), fields.email(), fields.phone(), fields.orderDate(), fields.orderId()));
        return Projections.include(read.toArray(String[]::new));
    }
}
