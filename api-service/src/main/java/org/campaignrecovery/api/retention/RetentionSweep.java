package org.campaignrecovery.api.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.api.schedule.SweepConfig;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.erasure.ErasureRepository;
import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Looks now and then for runs that were over so long ago that their personal data has to go, a few at a time, one after the other. Any number
 * of replicas may do so at once: each begins somewhere else, and what two do at once does no harm.
 */
@ApplicationScoped
class RetentionSweep {
    private static final Logger LOG = Logger.getLogger(RetentionSweep.class);
    private static final int AT_ONCE = 50;

    private final RetainedRunRepository runs;
    private final RunAnonymising anonymising;
    private final ErasureRepository erasures;
    private final LedgerGate gate;
    private final Continuity continuity;
    private final LedgerClock clock;
    private final Duration after;
    private final boolean enabled;

    RetentionSweep(RetainedRunRepository runs, RunAnonymising anonymising, ErasureRepository erasures, LedgerGate gate,
            Continuity continuity, LedgerClock clock, RetentionConfig config, ScheduleConfig schedule, SweepConfig sweeps) {
        this.runs = runs;
        this.anonymising = anonymising;
        this.erasures = erasures;
        this.gate = gate;
        this.continuity = continuity;
        this.clock = clock;
        this.after = config.after();
        this.enabled = schedule.enabled() && sweeps.enabled() && !after.isZero();
    }

    @Scheduled(every = "${campaign.retention.every:PT10M}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return enabled && gate.isOpen() && continuity.goesOn()
                ? Uni.createFrom().deferred(() -> pass(clock.now().minus(after))).onFailure()
                        .invoke(failure -> LOG.warnf("old personal data is still there (%s): the next sweep goes on", failure.getMessage()))
                        .onFailure().recoverWithNull()
                : Uni.createFrom().voidItem();
    }

    /** A pseudonym is needed as long as a run may be planned for which its customer was read before. */
    Uni<Void> pass(Instant before) {
        return runs.overBefore(before, AT_ONCE).map(RetentionSweep::inAnyOrder).chain(found -> Multi.createFrom().iterable(found).onItem()
                .transformToUniAndConcatenate(run -> anonymising.anonymise(run, before)).collect().last())
                .chain(() -> erasures.forgetOlderThan(before)).replaceWithVoid();
    }

    private static List<RunDocument> inAnyOrder(List<RunDocument> found) {
        List<RunDocument> shuffled = new ArrayList<>(found);
        Collections.shuffle(shuffled);
        return shuffled;
    }
}
