package org.campaignrecovery.api.control;

import static org.campaignrecovery.model.campaign.CampaignStatus.CANCELLED;
import static org.campaignrecovery.model.campaign.CampaignStatus.PAUSED;
import static org.campaignrecovery.model.campaign.CampaignStatus.PROCESSING;
import static org.campaignrecovery.model.campaign.CampaignStatus.SCHEDULED;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.function.BiFunction;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.access.Actor;
import org.campaignrecovery.api.campaign.CampaignAccess;
import org.campaignrecovery.api.campaign.ETags;
import org.campaignrecovery.api.schedule.RunLaunch;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.campaign.CampaignTransitions;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.model.campaign.CampaignRules;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * Pausing, resuming and cancelling. The workers look at the campaign's status before every message, so that the change of the status is
 * all there is to do; they cancel what is left of a run, and count it.
 */
@ApplicationScoped
public class CampaignControl {
    private static final Logger LOG = Logger.getLogger(CampaignControl.class);
    /** A campaign that moves on by itself between our look and our update is looked at again, so often. */
    private static final int TRIES = 5;
    private static final CampaignStatus[] CANCELLABLE = Arrays.stream(CampaignStatus.values()).filter(s -> s.canBecome(CANCELLED))
            .toArray(CampaignStatus[]::new);

    private final CampaignAccess access;
    private final CampaignTransitions transitions;
    private final RunLaunch launch;
    private final LedgerClock clock;

    CampaignControl(CampaignAccess access, CampaignTransitions transitions, RunLaunch launch, LedgerClock clock) {
        this.access = access;
        this.transitions = transitions;
        this.launch = launch;
        this.clock = clock;
    }

    Uni<CampaignDocument> pause(String id, String ifMatch, Actor actor, String why) {
        return attempt(id, ifMatch, new Order("paused", actor, why, (seen, now) -> {
            access.requireMayStop(seen, actor);
            CampaignAccess.requireStatus(seen, "paused", SCHEDULED, PROCESSING);
            return new Step(PAUSED, CampaignRules.pause(seen.id, seen.status, seen.rev, now));
        }), TRIES);
    }

    Uni<CampaignDocument> resume(String id, String ifMatch, Actor actor, String why) {
        return attempt(id, ifMatch, new Order("resumed", actor, why, (seen, now) -> {
            CampaignAccess.requireStatus(seen, "resumed", PAUSED);
            return new Step(seen.pausedFrom, CampaignRules.resume(seen.id, seen.pausedFrom, seen.rev, now));
        }), TRIES);
    }

    Uni<CampaignDocument> cancel(String id, String ifMatch, Actor actor, String why) {
        return attempt(id, ifMatch, new Order("cancelled", actor, why, (seen, now) -> {
            access.requireMayStop(seen, actor);
            CampaignAccess.requireStatus(seen, "cancelled", CANCELLABLE);
            return new Step(CANCELLED, CampaignRules.cancel(seen.id, seen.status, seen.rev, now));
        }), TRIES).call(cancelled -> launch.closeFailed(cancelled).onFailure().recoverWithItem(false));
    }

    private Uni<CampaignDocument> attempt(String id, String ifMatch, Order order, int triesLeft) {
        return access.found(id).invoke(seen -> ETags.require(ifMatch, seen)).chain(seen -> {
            Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
            Step step = order.step.apply(seen, now);
            return transitions.apply(step.update, AuditDocument.of(seen.id, order.actor.name(), now, seen.status, step.to, order.why))
                    .chain(before -> {
                        if (before.isPresent()) {
                            LOG.infof("%s campaign=%s name=\"%s\" by=%s from=%s", order.done, seen.id, seen.name, order.actor.name(),
                                    seen.status.wire());
                        } else if (triesLeft > 1) {
                            return attempt(id, ifMatch, order, triesLeft - 1);
                        }
                        return access.after(before.isPresent(), seen, order.done, seen.status);
                    });
        });
    }

    /**
     * What is asked for.
     *
     * @param done as a participle
     * @param step what to do with the campaign as it is; throws a problem when it cannot be done
     */
    private record Order(String done, Actor actor, String why, BiFunction<CampaignDocument, Instant, Step> step) {
    }

    private record Step(CampaignStatus to, GuardedUpdate update) {
    }
}
