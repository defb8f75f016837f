package org.campaignrecovery.worker.campaign;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.campaign.CampaignStatus;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** The campaigns, as far as a worker looks at them. */
@ApplicationScoped
public class CampaignRepository implements GuardedRepository<CampaignDocument> {

    /** The campaign's status, or null when there is no such campaign. */
    public Uni<CampaignStatus> status(String id) {
        return mongoCollection().find(Filters.eq("_id", id), new FindOptions().projection(Projections.include("status")).limit(1)).collect()
                .first().map(found -> found == null ? null : found.status);
    }
}
