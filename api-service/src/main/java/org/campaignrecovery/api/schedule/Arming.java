package org.campaignrecovery.api.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.campaign.CampaignOccurrences;
import org.campaignrecovery.ledger.campaign.CampaignTransitions;
import org.campaignrecovery.ledger.campaign.ContentHash;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.recovery.RecoveryMeters;
import org.campaignrecovery.model.campaign.CampaignRules;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Counter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Gives campaigns their next start: approved ones the first, and scheduled ones that have lost theirs. */
@ApplicationScoped
public class Arming {
    private static final Logger LOG = Logger.getLogger(Arming.class);
    private static final int AT_ONCE = 500;
    private static final int CONCURRENCY = 16;
    private static final Duration WARNED_FOR = Duration.ofMinutes(1);

    private final CampaignRepository campaigns;
    private final CampaignTransitions transitions;
    private final LedgerClock clock;
    private final Counter finds;
    private final Map<String, Instant> warned = new ConcurrentHashMap<>();

    Arming(CampaignRepository campaigns, CampaignTransitions transitions, LedgerClock clock, RecoveryMeters meters) {
        this.campaigns = campaigns;
        this.transitions = transitions;
        this.clock = clock;
        this.finds = meters.finds("lost_starts");
    }

    /** The ids of the campaigns that this call has armed. */
    public Uni<List<String>> sweep() {
        return campaigns.having(List.of(CampaignStatus.APPROVED), null, AT_ONCE).chain(approved -> Multi.createFrom().iterable(approved)
                .onItem().transformToUni(this::arm).merge(CONCURRENCY).filter(id -> !id.isEmpty()).collect().asList())
                .call(armed -> heal());
    }

    /** A campaign that cannot be armed holds up nobody. */
    private Uni<String> arm(CampaignDocument campaign) {
        return Uni.createFrom().deferred(() -> {
            if (!ContentHash.isApproved(campaign)) {
                return left(campaign, "its content was changed after the approval");
            }
            return CampaignOccurrences.unhandled(campaign).map(at -> arm(campaign, at))
                    .orElseGet(() -> left(campaign, "it has no occurrence left"));
        }).onFailure(RuntimeException.class).recoverWithUni(failure -> left(campaign, failure.getMessage()));
    }

    private Uni<String> arm(CampaignDocument campaign, Instant at) {
        Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
        return transitions.apply(CampaignRules.arm(campaign.id, campaign.rev, at, now),
                AuditDocument.of(campaign.id, AuditDocument.SYSTEM, now, CampaignStatus.APPROVED, CampaignStatus.SCHEDULED,
                        "armed for " + at))
                .map(before -> {
                    before.ifPresent(b -> LOG.infof("scheduled campaign=%s name=\"%s\" for=%s", b.id, b.name, at));
                    return before.isPresent() ? campaign.id : "";
                });
    }

    private Uni<Void> heal() {
        return campaigns.withoutNextRun(AT_ONCE).chain(lost -> Multi.createFrom().iterable(lost).onItem()
                .transformToUniAndConcatenate(this::heal).collect().last().replaceWithVoid());
    }

    private Uni<Void> heal(CampaignDocument campaign) {
        return Uni.createFrom().deferred(() -> CampaignOccurrences.unhandled(campaign)
                .map(at -> campaigns.won(CampaignRules.heal(campaign.id, campaign.rev, at, clock.now().truncatedTo(ChronoUnit.MILLIS)))
                        .invoke(won -> {
                            if (won) {
                                finds.increment();
                                LOG.warnf("campaign=%s name=\"%s\" had lost its next start: scheduled for=%s", campaign.id, campaign.name,
                                        at);
                            }
                        }).replaceWithVoid())
                .orElseGet(() -> left(campaign, "it is scheduled, and has no occurrence left").replaceWithVoid()))
                .onFailure(RuntimeException.class).recoverWithUni(failure -> left(campaign, failure.getMessage()).replaceWithVoid());
    }

    /** Says why a campaign is not armed, once a minute. */
    private Uni<String> left(CampaignDocument campaign, String why) {
        Instant now = clock.now();
        warned.values().removeIf(at -> at.isBefore(now.minus(WARNED_FOR)));
        if (warned.putIfAbsent(campaign.id, now) == null) {
            LOG.warnf("campaign=%s name=\"%s\" is not armed: %s", campaign.id, campaign.name, why);
        }
        return Uni.createFrom().item("");
    }
}
