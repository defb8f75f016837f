package org.campaignrecovery.worker.planning;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.campaign.CampaignDeparture;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.crash.CrashPoint;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.run.RunEventDocument;
import org.campaignrecovery.ledger.startup.BootId;
import org.campaignrecovery.ledger.trace.Branch;
import org.campaignrecovery.ledger.trace.RunTraces;
import org.campaignrecovery.ledger.trace.Step;
import org.campaignrecovery.model.event.CampaignDue;
import org.campaignrecovery.model.lease.ProgressDeadline;
import org.campaignrecovery.model.run.RunRules;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.batch.BatchConfig;
import org.campaignrecovery.worker.batch.Stopping;
import org.campaignrecovery.worker.run.RunContents;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.run.RunContents.UnrenderableContentException;
import org.campaignrecovery.worker.run.RunEventRepository;
import org.campaignrecovery.worker.run.RunRepository;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/** Takes the planning of a run, exactly as its lease was seen, and sets it going. */
@ApplicationScoped
public class PlannerTaker {
    private static final Logger LOG = Logger.getLogger(PlannerTaker.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);

    /** What came of an attempt to take the planning of a run. */
    public enum Taken {
        /** It is leased to this process. */
        LEASED,
        /** It needs nothing from us: planned, leased, or somebody else was quicker. */
        NOT_NEEDED,
        /** There is no such run. */
        UNKNOWN
    }

    private final RunRepository runs;
    private final RunContents contents;
    private final Planner planner;
    private final CampaignDeparture departure;
    private final RunEventRepository events;
    private final LedgerClock clock;
    private final String bootId;
    private final Stopping stopping;
    private final BatchConfig config;
    private final RunTraces traces;
    private final Map<String, PlannerHold> held = new ConcurrentHashMap<>();
    private CountDownLatch empty;

    PlannerTaker(RunRepository runs, RunContents contents, Planner planner, CampaignDeparture departure, RunEventRepository events,
            LedgerClock clock, BootId boot, Stopping stopping, BatchConfig config, RunTraces traces) {
        this.runs = runs;
        this.contents = contents;
        this.planner = planner;
        this.departure = departure;
        this.events = events;
        this.clock = clock;
        this.bootId = boot.value();
        this.stopping = stopping;
        this.config = config;
        this.traces = traces;
    }

    /** Takes the planning of the run if nobody has it. */
    public Uni<Taken> takeFree(String runId) {
        return takeRung(runId, null);
    }

    /**
     * {@link #takeFree} because somebody has rung for it.
     *
     * @param traceparent where that was, or null
     */
    Uni<Taken> takeRung(String runId, String traceparent) {
        return runs.byId(runId).chain(run -> {
            if (run == null) {
                return Uni.createFrom().item(Taken.UNKNOWN);
            }
            return run.state == RunState.PLANNING && run.planner.owner() == null
                    ? take(run, traceparent)
                    : Uni.createFrom().item(Taken.NOT_NEEDED);
        });
    }

    /** Takes over the planning from a dead owner, if the run still shows the epoch and heartbeat by which it was found dead. */
    public Uni<Taken> takeOver(String runId, long seenEpoch, long seenHb) {
        return runs.byId(runId).chain(run -> run != null && run.state == RunState.PLANNING && run.planner.epoch() == seenEpoch
                && run.planner.hb() == seenHb ? take(run, null) : Uni.createFrom().item(Taken.NOT_NEEDED));
    }

    /** Opens once no planning is held any more; for a process that takes no new one. */
    synchronized CountDownLatch whenEmpty() {
        empty = new CountDownLatch(held.isEmpty() ? 0 : 1);
        return empty;
    }

    private synchronized void putDown(PlannerHold hold) {
        held.remove(hold.run(), hold);
        if (empty != null && held.isEmpty()) {
            empty.countDown();
        }
    }

    Collection<PlannerHold> held() {
        return held.values();
    }

    private Uni<Taken> take(RunDocument run, String traceparent) {
        return stopping.now() || held.containsKey(run.id)
                ? Uni.createFrom().item(Taken.NOT_NEEDED)
                : contents.of(run.id)
                        .chain(content -> runs.won(RunRules.takePlanning(run.id, run.planner.epoch(), run.planner.hb(), bootId))
                                .map(won -> {
                                    if (won) {
                                        CrashPoint.PLANNER_TAKEN.reach();
                                        begin(new PlannerHold(run.id, run.planner.epoch() + 1, deadline(), taken(run, traceparent)), run,
                                                content);
                                    }
                                    return won ? Taken.LEASED : Taken.NOT_NEEDED;
                                }))
                        .onFailure(UnrenderableContentException.class)
                        .recoverWithUni(failure -> fail(run.planner.epoch(), run, failure.getMessage()).replaceWith(Taken.NOT_NEEDED));
    }

    private Branch taken(RunDocument run, String traceparent) {
        Step step = traceparent == null ? Step.inside("take planning") : Step.heard("take planning", CampaignDue.TOPIC);
        return traces.of(run.id, traceparent).grow(step.run(run.id).epoch(run.planner.epoch() + 1));
    }

    private ProgressDeadline deadline() {
        return new ProgressDeadline(config.progressWithin(), System.nanoTime());
    }

    private void begin(PlannerHold hold, RunDocument run, RunContent content) {
        LOG.infof("planning campaign=%s name=\"%s\" run=%s epoch=%d: fetching %s", run.campaignId, run.campaignName, run.id, hold.epoch(),
                described(run.frozen.audience()));
        if (hold.epoch() > 1) {
            events.noteSoon(RunEventDocument.planningTakenOver(run.id, hold.epoch(), clock.now()));
        }
        held.put(run.id, hold);
        hold.trace().around(Step.inside("plan").run(run.id).epoch(hold.epoch()), persistently(hold, run, content))
                .call(() -> runs.won(RunRules.releasePlanning(run.id, hold.epoch()))).onTermination()
                .invoke(() -> putDown(hold)).subscribe()
                .with(done -> LOG.debugf("put down the planning of run=%s", run.id), failure -> LOG.warnf(
                        "the planning of run=%s stopped (%s): another process takes it over", run.id, failure.getMessage()));
    }

    private static String described(CampaignDocument.Audience audience) {
        if (audience.isSegment()) {
            return audience.size() + " targeted customers by their ids";
        }
        return audience.allCustomers() ? "all customers" : "customers by their order history";
    }

    private Uni<Void> persistently(PlannerHold hold, RunDocument run, RunContent content) {
        return Uni.createFrom().deferred(() -> planner.plan(hold, content, run)).onFailure(this::passing)
                .invoke(failure -> LOG.warnf("run=%s its planning waits for the ledger: %s", run.id, failure))
                .onFailure(failure -> passing(failure) && !hold.lost()).retry().withBackOff(FIRST_RETRY, LONGEST_RETRY).indefinitely()
                .onFailure(Planner.UnreadableAudienceException.class)
                .recoverWithUni(failure -> fail(hold.epoch(), run, failure.getMessage()));
    }

    private boolean passing(Throwable failure) {
        return !(failure instanceof Planner.UnreadableAudienceException);
    }

    private Uni<Void> fail(long epoch, RunDocument run, String reason) {
        return runs.won(RunRules.failPlanning(run.id, epoch, reason, clock.now())).chain(won -> {
            if (!won) {
                return Uni.createFrom().voidItem();
            }
            LOG.errorf("failed run=%s campaign=%s: %s; the campaign stays failed", run.id, run.campaignId, reason);
            run.state = RunState.FAILED;
            run.reason = reason;
            return departure.depart(run, clock.now()).replaceWithVoid();
        });
    }
}
