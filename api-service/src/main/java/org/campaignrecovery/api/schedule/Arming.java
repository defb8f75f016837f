package org.campaignrecovery.api.schedule;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.campaign.CampaignTransitions;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.model.campaign.CampaignRules;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Gives approved campaigns their start time. */
@ApplicationScoped
public class Arming {
    private static final Logger LOG = Logger.getLogger(Arming.class);
    private static final int AT_ONCE = 500;
    private static final int CONCURRENCY = 16;

    private final CampaignRepository campaigns;
    private final CampaignTransitions transitions;
    private final LedgerClock clock;

    Arming(CampaignRepository campaigns, CampaignTransitions transitions, LedgerClock clock) {
        this.campaigns = campaigns;
        this.transitions = transitions;
        this.clock = clock;
    }

    /** The ids of the campaigns that this call has armed. */
    public Uni<List<String>> sweep() {
        return campaigns.having(List.of(CampaignStatus.APPROVED), null, AT_ONCE).chain(approved -> Multi.createFrom().iterable(approved)
                .onItem().transformToUni(this::arm).merge(CONCURRENCY).filter(id -> !id.isEmpty()).collect().asList());
    }

    private Uni<String> arm(CampaignDocument campaign) {
        Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
        return transitions.apply(CampaignRules.arm(campaign.id, campaign.rev, campaign.startDate, now),
                AuditDocument.of(campaign.id, AuditDocument.SYSTEM, now, CampaignStatus.APPROVED, CampaignStatus.SCHEDULED,
                        "armed for " + campaign.startDate))
                .map(before -> {
                    before.ifPresent(b -> LOG.infof("scheduled campaign=%s name=\"%s\" for=%s", b.id, b.name, b.startDate));
                    return before.isPresent() ? campaign.id : "";
                });
    }
}
