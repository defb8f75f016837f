package org.campaignrecovery.worker.run;

import static org.campaignrecovery.model.guard.Change.assign;

import java.time.Duration;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.campaign.CampaignDeparture;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.crash.CrashPoint;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.trace.RunTraces;
import org.campaignrecovery.ledger.trace.Step;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.run.CompletionDecision;
import org.campaignrecovery.model.run.RunRules;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.batch.BatchRepository;
import org.campaignrecovery.worker.campaign.CampaignRepository;
import org.campaignrecovery.worker.planning.PageRepository;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * Completes a run once nothing of it is open: first the run is read (its round and revision), then the end page, then exactly its number of
 * closed batches, then the guard on what was read. Anybody may check at any time.
 */
@ApplicationScoped
public class RunCompletion {
    private static final Logger LOG = Logger.getLogger(RunCompletion.class);

    private final RunRepository runs;
    private final PageRepository pages;
    private final BatchRepository batches;
    private final RunTotals totals;
    private final CampaignRepository campaigns;
    private final CampaignDeparture departure;
    private final RunTraces traces;
    private final LedgerClock clock;

    RunCompletion(RunRepository runs, PageRepository pages, BatchRepository batches, RunTotals totals, CampaignRepository campaigns,
            CampaignDeparture departure, RunTraces traces, LedgerClock clock) {
        this.runs = runs;
        this.pages = pages;
        this.batches = batches;
        this.totals = totals;
        this.campaigns = campaigns;
        this.departure = departure;
        this.traces = traces;
        this.clock = clock;
    }

    /** Whether this call completed the run. */
    public Uni<Boolean> check(String runId) {
        return runs.byId(runId).chain(run -> run == null || run.state != RunState.SENDING || !run.placed
                ? no()
                : batches.anyOpen(runId).chain(open -> open ? no() : countAndComplete(run)));
    }

    /** {@link #check} that tries a few times and never fails: the sweeps check again. */
    public Uni<Void> checkSoon(String runId) {
        return check(runId).onFailure().retry().withBackOff(Duration.ofMillis(200), Duration.ofSeconds(2)).atMost(5).replaceWithVoid()
                .onFailure().invoke(failure -> LOG.warnf("run=%s could not be checked (%s): the sweeps check it", runId, failure))
                .onFailure().recoverWithNull();
    }

    private Uni<Boolean> countAndComplete(RunDocument run) {
        return pages.end(run.id).chain(end -> batches.done(run.id).chain(done -> {
            Optional<Long> expected = Optional.ofNullable(end).map(page -> page.batchCount());
            return carryOut(CompletionDecision.of(expected, done), run);
        }));
    }

    private Uni<Boolean> carryOut(CompletionDecision decision, RunDocument run) {
        return switch (decision) {
            case COMPLETE -> complete(run);
            case STILL_PLANNING, BATCHES_OPEN -> no();
            case CONTRADICTION -> {
                LOG.errorf("run=%s has more closed batches than its end page counts: it is not completed, look at its pages", run.id);
                yield no();
            }
        };
    }

    /**
     * The campaign of a run that an order had opened again has moved on already: its results are taken before the run ends, or a crash would
     * leave them as they were. That changes the run, so it is read again.
     */
    private Uni<Boolean> complete(RunDocument run) {
        return run.round == 0
                ? end(run)
                : totals.takeAgain(run.id).chain(() -> runs.byId(run.id))
                        .chain(now -> now.state == RunState.SENDING && now.round == run.round ? end(now) : no());
    }

    private Uni<Boolean> end(RunDocument run) {
        return Uni.combine().all().unis(totals.of(run), pages.skipped(run.id), campaigns.status(run.campaignId)).asTuple().chain(found -> {
            CrashPoint.RUN_TOTALLED.reach();
            RunTotals.Totals sums = found.getItem1();
            run.totals = sums.counts();
            run.skipped = found.getItem2();
            run.finishedAt = clock.now();
            run.state = found.getItem3() == CampaignStatus.CANCELLED ? RunState.CANCELLED : RunState.COMPLETED;
            return runs.won(ended(run).with(sums.changes()).with(assign("skipped", run.skipped)));
        }).chain(won -> won ? tell(run).replaceWith(true) : no());
    }

    private static GuardedUpdate ended(RunDocument run) {
        if (run.state == RunState.CANCELLED) {
            return RunRules.cancelled(run.id, run.round, run.rev, run.finishedAt);
        }
        long cancelled = run.totals.values().stream().mapToLong(counts -> counts.getOrDefault(DeliveryState.CANCELLED.wire(), 0L)).sum();
        GuardedUpdate complete = RunRules.complete(run.id, run.round, run.rev, run.finishedAt);
        return cancelled == 0
                ? complete
                : complete.with(assign("reason", "the campaign's end date passed while it was sending: %d cancelled".formatted(cancelled)));
    }

    private Uni<Boolean> tell(RunDocument run) {
        CrashPoint.RUN_COMPLETED.reach();
        run.totals.forEach((channel, counts) -> LOG.infof("%s sent %d/%d campaign=%s run=%s failed=%d in_doubt=%d", channel,
                counts.get(DeliveryState.SENT.wire()), counts.values().stream().mapToLong(Long::longValue).sum(), run.campaignId, run.id,
                counts.get(DeliveryState.FAILED.wire()), counts.get(DeliveryState.IN_DOUBT.wire())));
        LOG.infof("%s campaign=%s name=\"%s\" run=%s", run.state == RunState.CANCELLED ? "cancelled" : "executed successfully",
                run.campaignId, run.campaignName, run.id);
        return traces.of(run.id).around(Step.inside("end run").run(run.id).campaign(run.campaignId), departure.depart(run, run.finishedAt));
    }

    private static Uni<Boolean> no() {
        return Uni.createFrom().item(false);
    }
}
