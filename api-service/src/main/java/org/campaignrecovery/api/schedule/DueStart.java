package org.campaignrecovery.api.schedule;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.campaign.CampaignTransitions;
import org.campaignrecovery.ledger.campaign.ContentHash;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.crash.CrashPoint;
import org.campaignrecovery.model.campaign.CampaignRules;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.campaign.CampaignType;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/** One try to start a campaign whose time has come. Every replica tries; the ledger lets one of them win. */
@ApplicationScoped
public class DueStart {
    private static final Logger LOG = Logger.getLogger(DueStart.class);
    private static final String NOT_APPROVED = "its content was changed after the approval";

    /** How the try has ended. */
    public enum Result {
        STARTED,
        MISSED,
        /** Another replica was first, or the campaign was changed. */
        LOST
    }

    private final CampaignTransitions transitions;
    private final RunLaunch launch;
    private final MissedOccurrences missed;
    private final StartMeters meters;
    private final LedgerClock clock;

    DueStart(CampaignTransitions transitions, RunLaunch launch, MissedOccurrences missed, StartMeters meters,
            LedgerClock clock) {
        this.transitions = transitions;
        this.launch = launch;
        this.missed = missed;
        this.meters = meters;
        this.clock = clock;
    }

    /** @param seen a scheduled campaign as it was read, whose {@code nextRunAt} is not in the future */
    public Uni<Result> attempt(CampaignDocument seen) {
        return Uni.createFrom().deferred(() -> {
            Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
            DueOccurrence due = DueOccurrence.of(seen, now);
            DueDecision decision = DueDecision.of(seen, due.scheduledFor(), now);
            if (!ContentHash.isApproved(seen)) {
                return miss(seen, due, decision, NOT_APPROVED, now);
            }
            if (!decision.missed()) {
                return start(seen, due, decision, now);
            }
            String why = "%d s late, the catch-up window is %s%s".formatted(decision.overdueBySeconds(), seen.delivery.catchUpWindow(),
                    due.alsoFor());
            return due.next() == null ? miss(seen, due, decision, why, now) : passOver(seen, due, decision, why, now);
        });
    }

    private Uni<Result> start(CampaignDocument seen, DueOccurrence due, DueDecision decision, Instant now) {
        GuardedUpdate update = recurring(seen)
                ? CampaignRules.startLatest(seen.id, seen.rev, seen.nextRunAt, due.run(), due.scheduledFor(), now)
                        .with(CampaignRules.coalescing(due.passedOver()))
                : CampaignRules.start(seen.id, seen.rev, seen.nextRunAt, due.run(), now);
        String why = "due at " + due.scheduledFor() + due.alsoFor();
        return transitions.apply(update, entry(seen, CampaignStatus.PROCESSING, why, now)).chain(before -> {
            if (before.isEmpty()) {
                LOG.infof("another replica has started campaign=%s run=%s", seen.id, due.run());
                return Uni.createFrom().item(Result.LOST);
            }
            CrashPoint.START_WON.reach();
            meters.started(due.scheduledFor(), seen.approvedAt, now);
            LOG.infof("started campaign=%s run=%s name=\"%s\"%s%s", seen.id, due.run(), seen.name,
                    decision.overdueBySeconds() == null ? "" : " overdueBySeconds=" + decision.overdueBySeconds(),
                    due.passedOver() == 0 ? "" : " coalesced=" + due.passedOver());
            return launch.launch(seen, due.beginning(decision.overdueBySeconds())).onFailure().recoverWithNull()
                    .replaceWith(Result.STARTED);
        });
    }

    /** The campaign stops, and an operator may start it. */
    private Uni<Result> miss(CampaignDocument seen, DueOccurrence due, DueDecision decision, String why, Instant now) {
        GuardedUpdate update = recurring(seen)
                ? CampaignRules.missLatest(seen.id, seen.rev, seen.nextRunAt, due.run(), due.scheduledFor(), now)
                        .with(CampaignRules.coalescing(due.passedOver()))
                : CampaignRules.miss(seen.id, seen.rev, seen.nextRunAt, due.run(), now);
        return transitions.apply(update, entry(seen, CampaignStatus.MISSED, why, now)).chain(before -> {
            if (before.isEmpty()) {
                return Uni.createFrom().item(Result.LOST);
            }
            meters.missed(seen.type);
            LOG.warnf("missed campaign=%s run=%s name=\"%s\": %s", seen.id, due.run(), seen.name, why);
            return launch.noteMissed(seen, due.beginning(decision.overdueBySeconds())).onFailure().recoverWithItem(false)
                    .replaceWith(Result.MISSED);
        });
    }

    /** A recurring campaign does not stop for an occurrence that it has missed: the next one comes. */
    private Uni<Result> passOver(CampaignDocument seen, DueOccurrence due, DueDecision decision, String why, Instant now) {
        return transitions.apply(
                CampaignRules.passOver(seen.id, seen.rev, seen.nextRunAt, due.run(), due.scheduledFor(), due.next(), now)
                        .with(CampaignRules.coalescing(due.passedOver())),
                entry(seen, CampaignStatus.SCHEDULED, "missed " + due.scheduledFor() + ": " + why, now)).chain(before -> {
                    if (before.isEmpty()) {
                        return Uni.createFrom().item(Result.LOST);
                    }
                    meters.missed(seen.type);
                    LOG.warnf("missed campaign=%s run=%s name=\"%s\": %s; it goes on at %s", seen.id, due.run(), seen.name, why,
                            due.next());
                    return missed.note(seen, due.beginning(decision.overdueBySeconds())).onFailure().recoverWithNull()
                            .replaceWith(Result.MISSED);
                });
    }

    private static boolean recurring(CampaignDocument campaign) {
        return campaign.type == CampaignType.RECURRING;
    }

    private static AuditDocument entry(CampaignDocument seen, CampaignStatus to, String why, Instant now) {
        return AuditDocument.of(seen.id, AuditDocument.SYSTEM, now, CampaignStatus.SCHEDULED, to, why);
    }
}
