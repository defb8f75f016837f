package org.campaignrecovery.worker.recovery;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.campaignrecovery.worker.batch.Stopping;
import org.campaignrecovery.worker.run.RunRepository;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Looks through the ledger every second for work that nobody does: published or not, of a live process or a dead one. Each sweep is
 * idempotent and may run anywhere at once; one that fails tells the observers of leases that their observation has a gap.
 */
@ApplicationScoped
class Sweeps {
    private static final Logger LOG = Logger.getLogger(Sweeps.class);

    private final RunRepository runs;
    private final List<Sweep> sweeps;
    private final LedgerGate gate;
    private final Stopping stopping;
    private final RecoveryConfig config;
    private final boolean schedulers;

    Sweeps(RunRepository runs, PlanningSweep planning, DeadLeaseSweep deadLeases, WaitingBatchSweep waiting, CompletionSweep completion,
            DirtyCountSweep dirty, LedgerGate gate, Stopping stopping, RecoveryConfig config,
            @ConfigProperty(name = "campaign.schedulers.enabled") boolean schedulers) {
        this.runs = runs;
        this.sweeps = List.of(planning, deadLeases, waiting, completion, dirty);
        this.gate = gate;
        this.stopping = stopping;
        this.config = config;
        this.schedulers = schedulers;
    }

    void start(@Observes StartupEvent event) {
        if (!schedulers || !config.enabled()) {
            LOG.info("sweeps are off in this process");
            return;
        }
        LOG.infof("sweeps started - looking for work every %s", config.every());
        Multi.createFrom().ticks().every(config.every()).onOverflow().drop().onItem().transformToUniAndConcatenate(tick -> sweepSafely())
                .subscribe().with(ignored -> LOG.trace("swept"), failure -> LOG.error("sweeps stopped", failure));
    }

    /** Nothing that goes wrong in one sweep may end them. */
    private Uni<Void> sweepSafely() {
        return Uni.createFrom().deferred(this::sweep).onFailure()
                .invoke(failure -> LOG.warnf("a sweep failed (%s): the next one tries again", failure)).onFailure().recoverWithNull();
    }

    private Uni<Void> sweep() {
        if (!gate.isOpen() || stopping.now()) {
            return Uni.createFrom().voidItem();
        }
        return runs.active().chain(active -> Multi.createFrom().iterable(sweeps).onItem()
                .transformToUniAndConcatenate(sweep -> carryOut(sweep, active)).collect().asList().replaceWithVoid()).onFailure()
                .invoke(this::gap).onFailure().recoverWithNull();
    }

    private Uni<Void> carryOut(Sweep sweep, List<RunDocument> active) {
        return Uni.createFrom().deferred(() -> sweep.sweep(active)).onFailure().invoke(failure -> {
            LOG.debugf("a sweep failed, the next one tries again: %s", failure.getMessage());
            sweep.gap();
        }).onFailure().recoverWithNull();
    }

    private void gap(Throwable failure) {
        LOG.debugf("the ledger could not be swept: %s", failure.getMessage());
        sweeps.forEach(Sweep::gap);
    }
}
