package org.campaignrecovery.api.erasure;

import java.time.Duration;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.api.schedule.SweepConfig;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.erasure.ErasureRepository;
import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Goes on with erasures that had to leave something, or whose process died over them. Any number of replicas may do so at once. */
@ApplicationScoped
class ErasureSweep {
    private static final Logger LOG = Logger.getLogger(ErasureSweep.class);
    private static final int AT_ONCE = 20;

    private final ErasureRepository erasures;
    private final Erasures carrying;
    private final LedgerGate gate;
    private final Continuity continuity;
    private final LedgerClock clock;
    private final Duration patience;
    private final boolean enabled;

    ErasureSweep(ErasureRepository erasures, Erasures carrying, LedgerGate gate, Continuity continuity, LedgerClock clock,
            ErasureConfig config, ScheduleConfig schedule, SweepConfig sweeps) {
        this.erasures = erasures;
        this.carrying = carrying;
        this.gate = gate;
        this.continuity = continuity;
        this.clock = clock;
        this.patience = config.patience();
        this.enabled = schedule.enabled() && sweeps.enabled();
    }

    @Scheduled(every = "${campaign.erasure.every:PT10S}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return enabled && gate.isOpen() && continuity.goesOn()
                ? Uni.createFrom().deferred(() -> pass(clock.now().minus(patience))).onFailure()
                        .invoke(failure -> LOG.warnf("an erasure waits for the ledger (%s): it goes on by itself",
                                failure.getMessage()))
                        .onFailure().recoverWithNull()
                : Uni.createFrom().voidItem();
    }

    /** What was asked for later than that its request is at work on. */
    Uni<Void> pass(Instant before) {
        return erasures.open(before, AT_ONCE).chain(found -> Multi.createFrom().iterable(found).onItem()
                .transformToUniAndConcatenate(carrying::goOn).collect().last().replaceWithVoid());
    }
}
