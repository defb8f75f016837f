package org.campaignrecovery.api.recovery;

import java.util.List;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.api.schedule.SweepConfig;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.campaignrecovery.model.lease.LeaseObserver;
import org.campaignrecovery.model.lease.LeaseObserver.Lease;
import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Observes the workers' leases and frees those whose owner is dead. Workers observe each other too, and take over at once; but when the
 * only worker dies and another is started, nobody else has watched from before the death, and the new one would have to begin.
 */
@ApplicationScoped
public class DeadLeaseSweep {
    private static final Logger LOG = Logger.getLogger(DeadLeaseSweep.class);

    private final LeaseRepository leases;
    private final LedgerGate gate;
    private final boolean enabled;
    private final LeaseObserver<String> batches;
    private final LeaseObserver<String> planners;

    DeadLeaseSweep(LeaseRepository leases, LedgerGate gate, ScheduleConfig schedule, SweepConfig sweeps, LeaseConfig config) {
        this.leases = leases;
        this.gate = gate;
        this.enabled = schedule.enabled() && sweeps.enabled();
        this.batches = new LeaseObserver<>(config.deadAfter(), config.longestGap());
        this.planners = new LeaseObserver<>(config.deadAfter(), config.longestGap());
    }

    @Scheduled(every = "${campaign.sweep.every:PT1S}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        if (!enabled || !gate.isOpen()) {
            return Uni.createFrom().voidItem();
        }
        return observe(batches, leases.batches(), leases::freeBatch).chain(() -> observe(planners, leases.planners(), leases::freePlanner));
    }

    private static Uni<Void> observe(LeaseObserver<String> observer, Uni<List<Lease<String>>> read,
            Function<Lease<String>, Uni<Boolean>> free) {
        return Uni.createFrom().deferred(() -> {
            long issued = System.nanoTime();
            return read.map(seen -> observer.pass(issued, System.nanoTime(), seen));
        }).chain(dead -> Multi.createFrom().iterable(dead).onItem()
                .transformToUniAndConcatenate(lease -> free.apply(lease).invoke(won -> tell(lease, won))).collect().asList()
                .replaceWithVoid()).onFailure().invoke(failure -> {
                    LOG.debugf("the leases could not be observed (%s): the observation starts anew", failure.getMessage());
                    observer.failed();
                }).onFailure().recoverWithNull();
    }

    private static void tell(Lease<String> lease, boolean won) {
        if (won) {
            LOG.infof("freed lease=%s epoch=%d: its owner shows no heartbeat, a worker takes it up", lease.key(), lease.epoch());
        }
    }
}
