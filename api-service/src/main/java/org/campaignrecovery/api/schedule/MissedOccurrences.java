package org.campaignrecovery.api.schedule;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.recovery.RecoveryMeters;
import org.campaignrecovery.model.campaign.CampaignRules;

import io.micrometer.core.instrument.Counter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * The runs of occurrences that recurring campaigns have missed. The campaign goes on and carries what it missed until that run is in the
 * ledger, so that a crash in between hides nothing.
 */
@ApplicationScoped
public class MissedOccurrences {
    private static final int AT_ONCE = 500;

    private final CampaignRepository campaigns;
    private final RunLaunch launch;
    private final Counter finds;

    MissedOccurrences(CampaignRepository campaigns, RunLaunch launch, RecoveryMeters meters) {
        this.campaigns = campaigns;
        this.launch = launch;
        this.finds = meters.finds("missed_occurrences");
    }

    /** What another process has left. */
    Uni<Void> sweep() {
        return campaigns.withMissedOccurrence(AT_ONCE).chain(found -> Multi.createFrom().iterable(found).onItem()
                .transformToUniAndConcatenate(
                        campaign -> noted(campaign, Beginning.decided(campaign, campaign.lastMissed, campaign.updatedAt))
                                .invoke(won -> finds.increment(won ? 1 : 0)))
                .collect().last().replaceWithVoid());
    }

    /** May be repeated by anybody at any time. */
    Uni<Void> note(CampaignDocument campaign, Beginning missed) {
        return noted(campaign, missed).replaceWithVoid();
    }

    /** Whether this call has ended it. */
    private Uni<Boolean> noted(CampaignDocument campaign, Beginning missed) {
        return launch.noteMissed(campaign, missed)
                .chain(() -> campaigns.won(CampaignRules.missedNoted(campaign.id, missed.occurrence().runId())));
    }
}
