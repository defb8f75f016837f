package org.campaignrecovery.worker.recovery;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.recovery.RecoveryMeters;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.lease.LeaseObserver;
import org.campaignrecovery.model.lease.LeaseObserver.Lease;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.batch.BatchConfig;
import org.campaignrecovery.worker.planning.PlannerTaker;
import org.campaignrecovery.worker.run.RunRepository;
import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Counter;
import io.smallrye.mutiny.Uni;

/** Runs that nobody plans: without a planner for longer than an event takes, or with a dead one. */
@ApplicationScoped
class PlanningSweep implements Sweep {
    private static final Logger LOG = Logger.getLogger(PlanningSweep.class);

    private final RunRepository runs;
    private final PlannerTaker taker;
    private final LedgerClock clock;
    private final RecoveryConfig config;
    private final LeaseObserver<String> observer;
    private final Counter finds;
    private final Counter takeovers;

    PlanningSweep(RunRepository runs, PlannerTaker taker, LedgerClock clock, RecoveryConfig config, BatchConfig leases,
            RecoveryMeters meters) {
        this.runs = runs;
        this.taker = taker;
        this.clock = clock;
        this.config = config;
        this.observer = new LeaseObserver<>(leases.deadAfter(), leases.longestGap());
        this.finds = meters.finds("planning");
        this.takeovers = meters.takeovers(RecoveryMeters.Lease.PLANNER);
    }

    @Override
    public Uni<Void> sweep(List<RunDocument> active) {
        long issued = System.nanoTime();
        return runs.active().chain(read -> {
            List<RunDocument> planning = read.stream().filter(run -> run.state == RunState.PLANNING).toList();
            List<Lease<String>> leases = planning.stream().filter(run -> run.planner.owner() != null)
                    .map(run -> new Lease<>(run.id, run.planner.epoch(), run.planner.hb())).toList();
            List<Lease<String>> dead = observer.pass(issued, System.nanoTime(), leases);
            return takeFree(planning).chain(() -> takeOver(dead));
        });
    }

    private Uni<Void> takeFree(List<RunDocument> planning) {
        Instant rungBefore = clock.now().minus(config.patience());
        return Sweep.forEach(planning.stream().filter(run -> run.planner.owner() == null && run.startedAt.isBefore(rungBefore))
                .map(run -> run.id).toList(),
                run -> taker.takeFree(run).invoke(taken -> Sweep.count(finds, taken == PlannerTaker.Taken.LEASED)));
    }

    private Uni<Void> takeOver(List<Lease<String>> dead) {
        return Sweep.forEach(dead, lease -> {
            LOG.infof("run=%s its planner shows no heartbeat at epoch=%d: taking it over", lease.key(), lease.epoch());
            return taker.takeOver(lease.key(), lease.epoch(), lease.hb())
                    .invoke(taken -> Sweep.count(takeovers, taken == PlannerTaker.Taken.LEASED));
        });
    }

    @Override
    public void gap() {
        observer.failed();
    }
}
