package org.campaignrecovery.api.notification;

import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.mongodb.client.model.Projections;

import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** What the ledger says has happened. Only reads. */
@ApplicationScoped
class EventsRepository {
    private final ReactiveMongoDatabase ledger;

    EventsRepository(ReactiveMongoClient client, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.ledger = client.getDatabase(database);
    }

    /** Every change of a status since then: those that are in the audit, and the latest of each campaign, which may not be there yet. */
    Uni<List<AuditDocument>> changes(Instant since) {
        Multi<AuditDocument> audited = ledger.getCollection(AuditDocument.COLLECTION, AuditDocument.class).find(gte("at", since));
        Multi<AuditDocument> latest = ledger.getCollection(CampaignDocument.COLLECTION, CampaignDocument.class)
                .find(gte("updatedAt", since), new FindOptions().projection(Projections.include("lastChange")))
                .filter(campaign -> campaign.lastChange != null).map(campaign -> campaign.lastChange)
                .filter(change -> !change.at().isBefore(since));
        return Multi.createBy().concatenating().streams(audited, latest).select().distinct(AuditDocument::id).collect().asList();
    }

    /** The runs that have messages in doubt now. */
    Uni<List<String>> runsInDoubt() {
        return ledger.getCollection(BatchDocument.COLLECTION).find(gt("counts.in_doubt", 0), new FindOptions()
                .projection(Projections.include("run"))).map((Document batch) -> batch.getString("run")).filter(Objects::nonNull)
                .select().distinct().collect().asList();
    }

    /** A campaign's name; null when there is none any more. */
    Uni<String> name(String campaign) {
        return ledger.getCollection(CampaignDocument.COLLECTION).find(com.mongodb.client.model.Filters.eq("_id", campaign),
                new FindOptions().projection(Projections.include("name"))).collect().first()
                .map(found -> found == null ? null : found.getString("name"));
    }
}
