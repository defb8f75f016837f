package org.campaignrecovery.api.schedule;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.campaign.CampaignTransitions;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.recovery.RecoveryMeters;
import org.campaignrecovery.model.campaign.CampaignRules;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Counter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Completes running campaigns whose end date has come. */
@ApplicationScoped
public class EndSweep {
    private static final Logger LOG = Logger.getLogger(EndSweep.class);
    private static final int AT_ONCE = 500;

    private final CampaignRepository campaigns;
    private final CampaignTransitions transitions;
    private final LedgerClock clock;
    private final Counter finds;

    EndSweep(CampaignRepository campaigns, CampaignTransitions transitions, LedgerClock clock, RecoveryMeters meters) {
        this.campaigns = campaigns;
        this.transitions = transitions;
        this.clock = clock;
        this.finds = meters.finds("end_dates");
    }

    Uni<Void> sweep() {
        return campaigns.endedUntil(clock.now(), AT_ONCE).chain(ended -> Multi.createFrom().iterable(ended).onItem()
                .transformToUniAndConcatenate(this::complete).collect().last().replaceWithVoid());
    }

    private Uni<Void> complete(CampaignDocument campaign) {
        Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
        return transitions.apply(
                CampaignRules.change(campaign.id, CampaignStatus.RUNNING, campaign.rev, CampaignStatus.COMPLETED, now),
                AuditDocument.of(campaign.id, AuditDocument.SYSTEM, now, CampaignStatus.RUNNING, CampaignStatus.COMPLETED,
                        "its end date " + campaign.endDate + " has come"))
                .invoke(before -> before.ifPresent(b -> {
                    finds.increment();
                    LOG.infof("completed campaign=%s name=\"%s\"", b.id, b.name);
                })).replaceWithVoid();
    }
}
