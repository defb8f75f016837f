package org.campaignrecovery.api.recovery;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.api.schedule.SweepConfig;
import org.campaignrecovery.ledger.recovery.RecoveryMeters;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.campaignrecovery.model.batch.BatchId;
import org.campaignrecovery.model.lease.LeaseObserver;
import org.campaignrecovery.model.lease.LeaseObserver.Lease;
import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Counter;
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
    private final Watch batches;
    private final Watch planners;

    DeadLeaseSweep(LeaseRepository leases, LedgerGate gate, ScheduleConfig schedule, SweepConfig sweeps, LeaseConfig config,
            RecoveryMeters meters) {
        this.leases = leases;
        this.gate = gate;
        this.enabled = schedule.enabled() && sweeps.enabled();
        this.batches = new Watch(new LeaseObserver<>(config.deadAfter(), config.longestGap()), leases::batches, leases::freeBatch,
                meters.takeovers(RecoveryMeters.Lease.BATCH));
        this.planners = new Watch(new LeaseObserver<>(config.deadAfter(), config.longestGap()), leases::planners, leases::freePlanner,
                meters.takeovers(RecoveryMeters.Lease.PLANNER));
    }

    /** The leases that were dead when they were last observed and had not been freed by then. */
    public List<Lease<String>> silent() {
        return Stream.of(batches.dead, planners.dead).flatMap(List::stream).toList();
    }

    /** Every lease that is held, dead ones too, read now. */
    public Uni<List<Lease<String>>> held() {
        return leases.batches().chain(held -> leases.planners().map(plans -> Stream.of(held, plans).flatMap(List::stream).toList()));
    }

    @Scheduled(every = "${campaign.sweep.every:PT1S}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return gate.isOpen() ? batches.look().chain(planners::look) : Uni.createFrom().voidItem();
    }

    /** Frees the dead leases of one run, also where the sweeps are off. Whether there was one. */
    Uni<Boolean> free(String runId) {
        return batches.free(lease -> BatchId.parse(lease.key()).run().equals(runId))
                .chain(batch -> planners.free(lease -> lease.key().equals(runId)).map(planner -> batch || planner));
    }

    /** The leases of one kind. They are always observed, so that a recovery by hand knows who is dead. */
    private final class Watch {
        private final LeaseObserver<String> observer;
        private final Supplier<Uni<List<Lease<String>>>> read;
        private final Function<Lease<String>, Uni<Boolean>> free;
        private final Counter takeovers;
        private volatile List<Lease<String>> dead = List.of();

        Watch(LeaseObserver<String> observer, Supplier<Uni<List<Lease<String>>>> read, Function<Lease<String>, Uni<Boolean>> free,
                Counter takeovers) {
            this.observer = observer;
            this.read = read;
            this.free = free;
            this.takeovers = takeovers;
        }

        Uni<Void> look() {
            return Uni.createFrom().deferred(() -> {
                long issued = System.nanoTime();
                return read.get().invoke(seen -> dead = observer.pass(issued, System.nanoTime(), seen));
            }).chain(() -> enabled ? free(lease -> true).invoke(() -> dead = List.of()).replaceWithVoid() : Uni.createFrom().voidItem())
                    .onFailure().invoke(failure -> {
                        LOG.debugf("the leases could not be observed (%s): the observation starts anew", failure.getMessage());
                        observer.failed();
                    }).onFailure().recoverWithNull();
        }

        /** Whether one of those dead was freed. */
        Uni<Boolean> free(Predicate<Lease<String>> which) {
            return Multi.createFrom().iterable(dead).filter(which).onItem()
                    .transformToUniAndConcatenate(lease -> free.apply(lease).invoke(won -> tell(lease, won))).collect().asList()
                    .map(won -> won.contains(true));
        }

        private void tell(Lease<String> lease, boolean won) {
            if (won) {
                takeovers.increment();
                LOG.infof("freed lease=%s epoch=%d: its owner shows no heartbeat, a worker takes it up", lease.key(), lease.epoch());
            }
        }
    }
}
