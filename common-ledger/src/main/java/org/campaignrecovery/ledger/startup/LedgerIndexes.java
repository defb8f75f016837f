package org.campaignrecovery.ledger.startup;

import static com.mongodb.client.model.Indexes.ascending;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.consent.ConsentEventDocument;
import org.campaignrecovery.ledger.consent.SuppressionDocument;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.run.RunEventDocument;
import org.campaignrecovery.ledger.testsend.TestSendDocument;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.mongodb.client.model.IndexOptions;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The indexes of the ledger's queries. Creating one that exists does nothing. */
@ApplicationScoped
public class LedgerIndexes {
    private static final List<Index> INDEXES = List.of(new Index(CampaignDocument.COLLECTION, List.of("status", "nextRunAt")),
            new Index(CampaignDocument.COLLECTION, List.of("lastMissed.runId")), new Index(RunDocument.COLLECTION, List.of("state")),
            new Index(RunDocument.COLLECTION, List.of("campaignId")), new Index(RunDocument.COLLECTION, List.of("finishedAt")),
            new Index(PageDocument.COLLECTION, List.of("run", "n")), new Index(BatchDocument.COLLECTION, List.of("run", "state")),
            new Index(BatchDocument.COLLECTION, List.of("state", "at")), new Index(BatchDocument.COLLECTION, List.of("dirty")),
            new Index(BatchDocument.COLLECTION, List.of("announced")),
            new Index(DeliveryDocument.COLLECTION, List.of("run", "state", "_id")),
            new Index(CampaignDocument.COLLECTION, List.of("updatedAt")), new Index("audit", List.of("at")),
            new Index("notifications", List.of("state", "nextAt")), new Index("notifications", List.of("at")),
            new Index("audit", List.of("campaign", "at")), new Index(RunEventDocument.COLLECTION, List.of("run")),
            new Index("evidence", List.of("delivery")), new Index(SuppressionDocument.COLLECTION, List.of("reason", "_id")),
            new Index(ConsentEventDocument.COLLECTION, List.of("suppression", "at")),
            new Index("idempotency_keys", List.of("at")),
            new Index(TestSendDocument.COLLECTION, List.of("state", "requestedAt")),
            new Index(TestSendDocument.COLLECTION, List.of("requestedBy", "requestedAt")),
            new Index(BatchDocument.COLLECTION, List.of("counts.in_doubt")),
            new Index(DeliveryDocument.COLLECTION, List.of("providerId"), true));

    private final ReactiveMongoClient client;
    private final String database;

    LedgerIndexes(ReactiveMongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.client = client;
        this.database = database;
    }

    public Uni<Void> create() {
        return Multi.createFrom().iterable(INDEXES).onItem()
                .transformToUniAndConcatenate(
                        index -> client.getDatabase(database).getCollection(index.collection).createIndex(ascending(index.fields),
                                new IndexOptions().sparse(index.sparse)))
                .collect().asList().replaceWithVoid();
    }

    /** Those that are not there, as {@code collection (field, field)}. */
    public Uni<List<String>> missing() {
        return Multi.createFrom().iterable(INDEXES).onItem()
                .transformToUniAndConcatenate(index -> isThere(index).map(there -> there ? "" : index.toString()))
                .filter(name -> !name.isEmpty()).collect().asList();
    }

    private Uni<Boolean> isThere(Index index) {
        return client.getDatabase(database).getCollection(index.collection).listIndexes()
                .map(found -> List.copyOf(found.get("key", Document.class).keySet())).collect().asList()
                .map(found -> found.contains(index.fields));
    }

    /** @param sparse leaves out the documents without the field */
    private record Index(String collection, List<String> fields, boolean sparse) {
        Index(String collection, List<String> fields) {
            this(collection, fields, false);
        }

        @Override
        public String toString() {
            return "%s (%s)".formatted(collection, String.join(", ", fields));
        }
    }
}
