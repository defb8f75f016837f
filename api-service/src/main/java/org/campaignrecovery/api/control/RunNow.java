package org.campaignrecovery.api.control;

import static org.campaignrecovery.model.campaign.CampaignStatus.FAILED;
import static org.campaignrecovery.model.campaign.CampaignStatus.MISSED;
import static org.campaignrecovery.model.campaign.CampaignStatus.PROCESSING;
import static org.campaignrecovery.model.campaign.CampaignStatus.SCHEDULED;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.access.Actor;
import org.campaignrecovery.api.campaign.CampaignAccess;
import org.campaignrecovery.api.campaign.ETags;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.api.run.RunRepository;
import org.campaignrecovery.api.schedule.RunLaunch;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.campaign.CampaignTransitions;
import org.campaignrecovery.ledger.campaign.ContentHash;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.campaign.CampaignRules;
import org.campaignrecovery.model.campaign.CampaignType;
import org.campaignrecovery.model.run.RunId;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * Starts a campaign because an operator says so. What was missed or has failed goes on with its own run, so that nobody is reached twice;
 * a scheduled recurring campaign gets a run besides its occurrences, named by the operator's key.
 */
@ApplicationScoped
public class RunNow {
    private static final Logger LOG = Logger.getLogger(RunNow.class);
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

    private final CampaignAccess access;
    private final CampaignTransitions transitions;
    private final RunRepository runs;
    private final RunLaunch launch;
    private final LedgerClock clock;

    RunNow(CampaignAccess access, CampaignTransitions transitions, RunRepository runs, RunLaunch launch, LedgerClock clock) {
        this.access = access;
        this.transitions = transitions;
        this.runs = runs;
        this.launch = launch;
        this.clock = clock;
    }

    /**
     * What is asked for.
     *
     * @param key the client's Idempotency-Key, or null
     */
    record Order(String key, String ifMatch, Actor actor, String why) {
    }

    Uni<CampaignDocument> order(String id, Order order) {
        if (order.key != null && !KEY.matcher(order.key).matches()) {
            throw ProblemType.BAD_REQUEST.problem("an Idempotency-Key has 1 to 64 letters, digits and . _ : -");
        }
        return access.found(id).chain(seen -> repeated(seen, order).chain(repeated -> {
            if (repeated) {
                return Uni.createFrom().item(seen);
            }
            require(seen, order);
            return begin(seen, order);
        }));
    }

    /** Whether the very run was ordered before, and its answer was lost. */
    private Uni<Boolean> repeated(CampaignDocument seen, Order order) {
        return seen.type != CampaignType.RECURRING || order.key == null
                ? Uni.createFrom().item(false)
                : runs.withId(RunId.manual(seen.id, order.key).toString()).map(run -> run.isPresent());
    }

    private void require(CampaignDocument seen, Order order) {
        CampaignAccess.requireStatus(seen, "run now", SCHEDULED, MISSED, FAILED);
        ETags.require(order.ifMatch, seen);
        if (!ContentHash.isApproved(seen)) {
            throw ProblemType.CONFLICT.problem("its content is not what was approved: clone the campaign and have the clone approved");
        }
        if (seen.endDate != null && !seen.endDate.isAfter(clock.now())) {
            throw ProblemType.CONFLICT.problem("its end date %s has passed: nothing of it may be sent any more; clone it"
                    .formatted(seen.endDate));
        }
        if (seen.status == SCHEDULED && seen.type == CampaignType.RECURRING && order.key == null) {
            throw ProblemType.BAD_REQUEST.problem("a run besides the occurrences of a recurring campaign needs an Idempotency-Key header: "
                    + "the same key is the same run, so that a repeated request reaches nobody twice");
        }
    }

    private Uni<CampaignDocument> begin(CampaignDocument seen, Order order) {
        Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
        CampaignDocument.Current run = run(seen, order, now);
        // A failed run is opened first: while its campaign is failed nothing of it is sent.
        Uni<Boolean> opened = seen.status == FAILED
                ? runs.withId(run.runId()).invoke(RunNow::requireAddresses).chain(() -> launch.reopenFailed(run.runId()))
                : Uni.createFrom().item(true);
        return opened
                .chain(() -> transitions.apply(
                        CampaignRules.runNow(seen.id, seen.status, seen.rev, RunId.parse(run.runId()), run.scheduledFor(), now),
                        AuditDocument.of(seen.id, order.actor.name(), now, seen.status, PROCESSING, order.why)))
                .call(before -> {
                    if (before.isEmpty()) {
                        return Uni.createFrom().voidItem();
                    }
                    LOG.infof("started campaign=%s run=%s name=\"%s\" by=%s", seen.id, run.runId(), seen.name, order.actor.name());
                    seen.current = run;
                    return launch.launchLate(seen).onFailure().recoverWithNull();
                }).chain(before -> access.after(before.isPresent(), seen, "run now", SCHEDULED, MISSED, FAILED));
    }

    private static void requireAddresses(Optional<RunDocument> failed) {
        failed.map(run -> run.anonymised).ifPresent(since -> {
            throw ProblemType.CONFLICT.problem("its run is kept without personal data since %s and cannot go on: clone the campaign"
                    .formatted(since));
        });
    }

    private static CampaignDocument.Current run(CampaignDocument seen, Order order, Instant now) {
        if (seen.status != SCHEDULED) {
            return seen.current;
        }
        return seen.type == CampaignType.RECURRING
                ? new CampaignDocument.Current(RunId.manual(seen.id, order.key).toString(), now)
                : new CampaignDocument.Current(RunId.of(seen.id, seen.nextRunAt).toString(), seen.nextRunAt);
    }
}
