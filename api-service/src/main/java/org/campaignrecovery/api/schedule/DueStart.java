package org.campaignrecovery.api.schedule;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.campaign.CampaignTransitions;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.model.campaign.CampaignRules;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.run.RunId;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/** One try to start a campaign whose time has come. Every replica tries; the ledger lets one of them win. */
@ApplicationScoped
public class DueStart {
    private static final Logger LOG = Logger.getLogger(DueStart.class);

    /** How the try has ended. */
    public enum Result {
        STARTED,
        MISSED,
        /** Another replica was first, or the campaign was changed. */
        LOST
    }

    private final CampaignTransitions transitions;
    private final RunLaunch launch;
    private final LedgerClock clock;

    DueStart(CampaignTransitions transitions, RunLaunch launch, LedgerClock clock) {
        this.transitions = transitions;
        this.launch = launch;
        this.clock = clock;
    }

    /** @param seen a scheduled campaign as it was read, whose {@code nextRunAt} is not in the future */
    public Uni<Result> attempt(CampaignDocument seen) {
        Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
        RunId run = RunId.of(seen.id, seen.nextRunAt);
        DueDecision decision = DueDecision.of(seen, now);
        return decision.missed() ? miss(seen, run, decision, now) : start(seen, run, decision, now);
    }

    private Uni<Result> start(CampaignDocument seen, RunId run, DueDecision decision, Instant now) {
        return transitions.apply(CampaignRules.start(seen.id, seen.rev, seen.nextRunAt, run, now),
                entry(seen, CampaignStatus.PROCESSING, "due at " + seen.nextRunAt, now)).chain(before -> {
                    if (before.isEmpty()) {
                        LOG.infof("another replica has started campaign=%s run=%s", seen.id, run);
                        return Uni.createFrom().item(Result.LOST);
                    }
                    LOG.infof("started campaign=%s run=%s name=\"%s\"%s", seen.id, run, seen.name,
                            decision.overdueBySeconds() == null ? "" : " overdueBySeconds=" + decision.overdueBySeconds());
                    return launch.launch(withCurrent(seen, run), decision.overdueBySeconds()).onFailure().recoverWithNull()
                            .replaceWith(Result.STARTED);
                });
    }

    private Uni<Result> miss(CampaignDocument seen, RunId run, DueDecision decision, Instant now) {
        String why = "%d s late, the catch-up window is %s".formatted(decision.overdueBySeconds(), seen.delivery.catchUpWindow());
        return transitions.apply(CampaignRules.miss(seen.id, seen.rev, seen.nextRunAt, run, now),
                entry(seen, CampaignStatus.MISSED, why, now)).chain(before -> {
                    if (before.isEmpty()) {
                        return Uni.createFrom().item(Result.LOST);
                    }
                    LOG.warnf("missed campaign=%s run=%s name=\"%s\": %s", seen.id, run, seen.name, why);
                    return launch.noteMissed(withCurrent(seen, run), decision.overdueBySeconds()).onFailure().recoverWithItem(false)
                            .replaceWith(Result.MISSED);
                });
    }

    private static AuditDocument entry(CampaignDocument seen, CampaignStatus to, String why, Instant now) {
        return AuditDocument.of(seen.id, AuditDocument.SYSTEM, now, CampaignStatus.SCHEDULED, to, why);
    }

    private static CampaignDocument withCurrent(CampaignDocument seen, RunId run) {
        seen.current = new CampaignDocument.Current(run.toString(), seen.nextRunAt);
        return seen;
    }
}
