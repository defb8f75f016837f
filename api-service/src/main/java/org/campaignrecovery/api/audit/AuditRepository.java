package org.campaignrecovery.api.audit;

import static com.mongodb.client.model.Filters.eq;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** Reads the audit; only {@link org.campaignrecovery.ledger.campaign.CampaignTransitions} writes it. */
@ApplicationScoped
public class AuditRepository implements GuardedRepository<AuditDocument> {
    private static final int AT_MOST = 1_000;

    /** The changes of one campaign. */
    Uni<List<AuditDocument>> of(String campaign) {
        return mongoCollection().find(eq("campaign", campaign), new FindOptions().limit(AT_MOST)).collect().asList();
    }
}
