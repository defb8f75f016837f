package org.campaignrecovery.api.recovery;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

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
 * Observes the workers' leases and frees those whose owner is dead; with the schedulers off it only observes. Workers observe each other too, and take over at once; but when the
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
    private volatile List<Lease<String>> silentBatches = List.of();
    private volatile List<Lease<String>> silentPlanners = List.of();

    DeadLeaseSweep(LeaseRepository leases, LedgerGate gate, ScheduleConfig schedule, SweepConfig sweeps, LeaseConfig config) {
        this.leases = leases;
        this.gate = gate;
        this.enabled = schedule.enabled() && sweeps.enabled();
        this.batches = new LeaseObserver<>(config.deadAfter(), config.longestGap());
        this.planners = new LeaseObserver<>(config.deadAfter(), config.longestGap());
    }

    /** The leases that were dead when they were last observed and had not been freed by then. */
    public List<Lease<String>> silent() {
        return Stream.of(silentBatches, silentPlanners).flatMap(List::stream).toList();
    }

    /** Every lease that is held, dead ones too, read now. */
    public Uni<List<Lease<String>>> held() {
        return leases.batches().chain(held -> leases.planners().map(plans -> Stream.of(held, plans).flatMap(List::stream).toList()));
    }

    @Scheduled(every = "${campaign.sweep.every:PT1S}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        if (!gate.isOpen()) {
            return Uni.createFrom().voidItem();
        }
        return observe(batches, leases.batches(), leases::freeBatch).invoke(silent -> silentBatches = silent)
                .chain(() -> observe(planners, leases.planners(), leases::freePlanner)).invoke(silent -> silentPlanners = silent)
                .replaceWithVoid();
    }

    /** The dead ones that are still held. */
    private Uni<List<Lease<String>>> observe(LeaseObserver<String> observer, Uni<List<Lease<String>>> read,
            Function<Lease<String>, Uni<Boolean>> free) {
        return Uni.createFrom().deferred(() -> {
            long issued = System.nanoTime();
            return read.map(seen -> observer.pass(issued, System.nanoTime(), seen));
        }).chain(dead -> enabled ? free(dead, free) : Uni.createFrom().item(dead)).onFailure().invoke(failure -> {
            LOG.debugf("the leases could not be observed (%s): the observation starts anew", failure.getMessage());
            observer.failed();
        }).onFailure().recoverWithItem(List.of());
    }

    /** None is left: one that was not freed has an owner who lives after all, or somebody else was quicker. */
    private static Uni<List<Lease<String>>> free(List<Lease<String>> dead, Function<Lease<String>, Uni<Boolean>> free) {
        return Multi.createFrom().iterable(dead).onItem()
                .transformToUniAndConcatenate(lease -> free.apply(lease).invoke(won -> tell(lease, won))).collect()
                .asList().replaceWith(List.of());
    }

    private static void tell(Lease<String> lease, boolean won) {
        if (won) {
            LOG.infof("freed lease=%s epoch=%d: its owner shows no heartbeat, a worker takes it up", lease.key(), lease.epoch());
        }
    }
}
