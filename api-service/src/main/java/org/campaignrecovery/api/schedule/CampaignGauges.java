package org.campaignrecovery.api.schedule;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/** How many campaigns are on their way or wait for somebody, as a metric. Every api tells the same, and nothing while it cannot know. */
@ApplicationScoped
class CampaignGauges {
    private static final Logger LOG = Logger.getLogger(CampaignGauges.class);
    /** The others are kept for ever: to count them would cost more from year to year. */
    private static final Set<CampaignStatus> COUNTED = EnumSet.of(CampaignStatus.PENDING_APPROVAL, CampaignStatus.APPROVED,
            CampaignStatus.SCHEDULED, CampaignStatus.PROCESSING, CampaignStatus.RUNNING, CampaignStatus.PAUSED, CampaignStatus.MISSED,
            CampaignStatus.FAILED);

    private final CampaignRepository campaigns;
    private final LedgerGate gate;
    private final MeterRegistry registry;
    private volatile Map<CampaignStatus, Long> counted = Map.of();

    CampaignGauges(CampaignRepository campaigns, LedgerGate gate, MeterRegistry registry) {
        this.campaigns = campaigns;
        this.gate = gate;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        for (CampaignStatus status : COUNTED) {
            Gauge.builder("campaign.campaigns", () -> counted.containsKey(status) ? counted.get(status) : Double.NaN)
                    .description("Campaigns in the ledger, those aside that are drafts or over").tag("status", status.wire())
                    .register(registry);
        }
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return gate.isOpen()
                ? campaigns.counted(COUNTED).invoke(numbers -> counted = numbers).replaceWithVoid().onFailure().invoke(failure -> {
                    LOG.debugf("the campaigns could not be counted: %s", failure.getMessage());
                    counted = Map.of();
                }).onFailure().recoverWithNull()
                : Uni.createFrom().voidItem();
    }
}
