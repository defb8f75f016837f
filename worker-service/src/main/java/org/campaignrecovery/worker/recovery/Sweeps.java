package org.campaignrecovery.worker.recovery;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.ledger.loop.Loops;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.campaignrecovery.worker.batch.Stopping;
import org.campaignrecovery.worker.run.RunRepository;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
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
    private final Loops loops;
    private final boolean schedulers;

    Sweeps(RunRepository runs, @All List<Sweep> sweeps, LedgerGate gate, Stopping stopping, RecoveryConfig config, Loops loops,
            @ConfigProperty(name = "campaign.schedulers.enabled") boolean schedulers) {
        this.runs = runs;
        this.sweeps = sweeps;
        this.gate = gate;
        this.stopping = stopping;
        this.config = config;
        this.loops = loops;
        this.schedulers = schedulers;
    }

    void start(@Observes StartupEvent event) {
        if (!schedulers || !config.enabled()) {
            LOG.info("sweeps are off in this process");
            return;
        }
        LOG.infof("sweeps started - looking for work every %s", config.every());
        // A loop for each: one that takes long must not keep the others from looking at their leases without a gap.
        // One reading serves all that look within half a round.
        Uni<List<RunDocument>> active = Uni.createFrom().deferred(runs::active).memoize().forFixedDuration(config.every().dividedBy(2));
        sweeps.forEach(sweep -> loops.every(config.every(), () -> carryOut(sweep, active), "a sweep stopped"));
    }

    /** Nothing that goes wrong in a sweep may end it. */
    private Uni<Void> carryOut(Sweep sweep, Uni<List<RunDocument>> active) {
        return Uni.createFrom().deferred(() -> gate.isOpen() && !stopping.now()
                ? active.chain(sweep::sweep)
                : Uni.createFrom().voidItem()).onFailure().invoke(failure -> {
                    LOG.debugf("a sweep failed, the next one tries again: %s", failure.getMessage());
                    sweep.gap();
                }).onFailure().recoverWithNull();
    }
}
