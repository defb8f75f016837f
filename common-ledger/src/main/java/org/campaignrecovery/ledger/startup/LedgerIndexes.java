package org.campaignrecovery.ledger.startup;

import static com.mongodb.client.model.Indexes.ascending;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.run.RunEventDocument;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** The indexes of the ledger's queries. Creating one that exists does nothing. */
@ApplicationScoped
public class LedgerIndexes {
    private static final List<Index> INDEXES = List.of(new Index(CampaignDocument.COLLECTION, ascending("status", "nextRunAt")),
            new Index(CampaignDocument.COLLECTION, ascending("lastMissed.runId")),
            new Index(RunDocument.COLLECTION, ascending("state")), new Index(RunDocument.COLLECTION, ascending("campaignId")),
            new Index(PageDocument.COLLECTION, ascending("run", "n")), new Index(BatchDocument.COLLECTION, ascending("run", "state")),
            new Index(BatchDocument.COLLECTION, ascending("state", "at")),
            new Index(DeliveryDocument.COLLECTION, ascending("run", "state", "_id")),
            new Index("audit", ascending("campaign", "at")), new Index(RunEventDocument.COLLECTION, ascending("run")),
            new Index("evidence", ascending("delivery")));

    private final ReactiveMongoClient client;
    private final String database;

    LedgerIndexes(ReactiveMongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.client = client;
        this.database = database;
    }

    public Uni<Void> create() {
        return Multi.createFrom().iterable(INDEXES).onItem()
                .transformToUniAndConcatenate(index -> client.getDatabase(database).getCollection(index.collection).createIndex(index.keys))
                .collect().asList().replaceWithVoid();
    }

    private record Index(String collection, Bson keys) {
    }
}
