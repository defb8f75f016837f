package org.campaignrecovery.ledger.campaign;

import static com.mongodb.client.model.Filters.eq;
import static org.campaignrecovery.model.guard.Change.assign;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.guard.Guards;
import org.campaignrecovery.model.campaign.CampaignRules;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

/** Takes a campaign's performance again when late evidence has changed the totals of one of its runs. */
@ApplicationScoped
public class CampaignResults {
    private static final int TRIES = 5;

    private final CampaignDeparture departure;
    private final ReactiveMongoCollection<CampaignDocument> campaigns;

    public CampaignResults(CampaignDeparture departure, ReactiveMongoClient mongo,
            @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.departure = departure;
        this.campaigns = mongo.getDatabase(database).getCollection(CampaignDocument.COLLECTION, CampaignDocument.class);
    }

    /**
     * From the runs as they are, under a guard on the revision that was read before them, so that an older sum never overwrites a newer
     * one. Of a campaign that has no performance yet it raises the revision, so that somebody who has added up its runs already does not
     * leave with that sum ({@link CampaignDeparture}).
     * <p>
     * Fails when the campaign changes again and again meanwhile: whoever asked keeps its mark and asks again.
     */
    public Uni<Void> takeAgain(String campaignId) {
        return Uni.createFrom().deferred(() -> attempt(campaignId)).onFailure(Changed.class).retry()
                .withBackOff(Duration.ofMillis(20), Duration.ofMillis(500)).atMost(TRIES);
    }

    private Uni<Void> attempt(String campaignId) {
        return campaigns.find(eq("_id", campaignId)).collect().first().chain(seen -> {
            if (seen == null) {
                return Uni.createFrom().voidItem();
            }
            GuardedUpdate raised = CampaignRules.recounted(seen.id, seen.rev);
            return seen.performance == null
                    ? write(raised)
                    : departure.performance(campaignId).chain(performance -> write(raised.with(assign("performance", performance))));
        });
    }

    private Uni<Void> write(GuardedUpdate update) {
        return campaigns.updateOne(Guards.filter(update), Guards.update(update)).map(result -> {
            if (result.getModifiedCount() == 0) {
                throw new Changed();
            }
            return null;
        });
    }

    /** Somebody else was first. */
    private static final class Changed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Changed() {
            super("the campaign was changed meanwhile");
        }
    }
}
