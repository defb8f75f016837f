package org.campaignrecovery.api.run.timeline;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.audit.AuditRepository;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.campaign.CampaignStatus;

import io.smallrye.mutiny.Uni;

/** What people have ordered while the run was under way, from the campaign's audit: pauses, resumptions, the cancel. */
@ApplicationScoped
class Orders implements TimelineSource {
    private static final int AT_MOST = 1_000;

    private final AuditRepository audit;
    private final LedgerClock clock;

    Orders(AuditRepository audit, LedgerClock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Uni<List<TimelineEntry>> of(RunDocument run) {
        if (run.startedAt == null) {
            return Uni.createFrom().item(List.of());
        }
        Instant end = run.finishedAt == null ? clock.now() : run.finishedAt;
        return audit.between(run.campaignId, run.startedAt, end, AT_MOST)
                .map(entries -> entries.stream().map(Orders::entry).filter(Objects::nonNull).toList());
    }

    private static TimelineEntry entry(AuditDocument change) {
        if (change.to() == CampaignStatus.PAUSED) {
            return TimelineEntry.by(change.who(), change.at(), TimelineEvent.PAUSED, change.why());
        }
        if (change.to() == CampaignStatus.CANCELLED) {
            return TimelineEntry.by(change.who(), change.at(), TimelineEvent.CANCEL_ORDERED, change.why());
        }
        return change.from() == CampaignStatus.PAUSED
                ? TimelineEntry.by(change.who(), change.at(), TimelineEvent.RESUMED, change.why())
                : null;
    }
}
