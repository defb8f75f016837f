package org.campaignrecovery.api.schedule;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.run.RunRepository;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.crash.CrashPoint;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.trace.RunTraces;
import org.campaignrecovery.model.run.RunRules;
import org.campaignrecovery.model.run.RunState;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * What follows once a campaign is in processing: its run is inserted, rung for, and marked as published. Each step may be repeated by
 * anybody at any time.
 */
@ApplicationScoped
public class RunLaunch {
    private static final Logger LOG = Logger.getLogger(RunLaunch.class);

    private final RunRepository runs;
    private final FrozenRun frozen;
    private final CampaignDuePublisher publisher;
    private final RunTraces traces;
    private final LedgerClock clock;

    RunLaunch(RunRepository runs, FrozenRun frozen, CampaignDuePublisher publisher, RunTraces traces, LedgerClock clock) {
        this.runs = runs;
        this.frozen = frozen;
        this.publisher = publisher;
        this.traces = traces;
        this.clock = clock;
    }

    /** @param beginning of the campaign's {@code current} */
    Uni<Void> launch(CampaignDocument campaign, Beginning beginning) {
        RunDocument run = frozen.of(campaign, beginning, RunState.PLANNING, now());
        Uni<Boolean> made = runs.insertOnce(run).chain(inserted -> inserted
                ? Uni.createFrom().item(true)
                : runs.won(RunRules.reopen(run.id, RunState.MISSED, run.startedAt)));
        return traces.beginning(run.id, run.campaignId, made)
                .invoke(CrashPoint.RUN_INSERTED::reach)
                .onFailure().invoke(failure -> LOG.warnf("could not insert run=%s (%s): the sweep does it", run.id, failure.getMessage()))
                .chain(() -> ring(run));
    }

    /** {@link #launch} of a run that begins whenever its campaign was told to; a missed one is begun after all. */
    public Uni<Void> launchLate(CampaignDocument campaign) {
        return launch(campaign, Beginning.decided(campaign, campaign.current, now()));
    }

    /** A failed run can be planned again, behind what is planned of it. */
    public Uni<Boolean> reopenFailed(String runId) {
        return runs.won(RunRules.reopen(runId, RunState.FAILED, now()));
    }

    /** What is open of the failed run of a cancelled campaign has to be cancelled too, and counted; workers do that with open runs. */
    public Uni<Boolean> closeFailed(CampaignDocument cancelled) {
        return cancelled.current == null ? Uni.createFrom().item(false) : reopenFailed(cancelled.current.runId());
    }

    /** The run of an occurrence that was missed; nobody rings for it. */
    Uni<Boolean> noteMissed(CampaignDocument campaign, Beginning missed) {
        return runs.insertOnce(frozen.of(campaign, missed, RunState.MISSED, now()));
    }

    /** Kafka's failure is no failure here: the sweep rings again, and workers find the run in the ledger anyway. */
    public Uni<Void> ring(RunDocument run) {
        return publisher.publish(run).invoke(CrashPoint.RUN_RUNG::reach).chain(() -> runs.published(run.id))
                .invoke(CrashPoint.RUN_PUBLISHED::reach)
                .invoke(() -> LOG.debugf("rang campaign=%s run=%s", run.campaignId, run.id))
                .onFailure()
                .invoke(failure -> LOG.warnf("could not ring campaign=%s run=%s (%s): the sweep rings again, and workers find the"
                        + " run in the ledger", run.campaignId, run.id, failure.getMessage()));
    }

    private Instant now() {
        return clock.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
