package org.campaignrecovery.api.order;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.api.schedule.SweepConfig;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Finishes what a process that died left of placing an order: its run cannot be completed before that. */
@ApplicationScoped
class OrderSweep {
    private static final Logger LOG = Logger.getLogger(OrderSweep.class);

    private final OrderedRunRepository runs;
    private final Placing placing;
    private final LedgerGate gate;
    private final boolean enabled;

    OrderSweep(OrderedRunRepository runs, Placing placing, LedgerGate gate, ScheduleConfig schedule, SweepConfig sweeps) {
        this.runs = runs;
        this.placing = placing;
        this.gate = gate;
        this.enabled = schedule.enabled() && sweeps.enabled();
    }

    @Scheduled(every = "${campaign.sweep.every:PT1S}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        if (!enabled || !gate.isOpen()) {
            return Uni.createFrom().voidItem();
        }
        return runs.unplaced().chain(found -> Multi.createFrom().iterable(found).onItem().transformToUniAndConcatenate(placing::place)
                .collect().last()).onFailure()
                .invoke(failure -> LOG.debugf("orders could not be placed, the next sweep tries again: %s", failure.getMessage()))
                .onFailure().recoverWithNull().replaceWithVoid();
    }
}
