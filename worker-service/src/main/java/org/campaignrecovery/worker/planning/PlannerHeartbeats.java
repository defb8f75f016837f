package org.campaignrecovery.worker.planning;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.ledger.loop.Loops;
import org.campaignrecovery.model.run.RunRules;
import org.campaignrecovery.worker.batch.BatchConfig;
import org.campaignrecovery.worker.run.RunRepository;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Shows that the plannings of this process live, as long as they get on; finds out which it has lost. While the ledger does not answer
 * nobody gets on, and nobody is to blame for it.
 */
@ApplicationScoped
class PlannerHeartbeats {
    private static final Logger LOG = Logger.getLogger(PlannerHeartbeats.class);

    private final PlannerTaker taker;
    private final RunRepository runs;
    private final BatchConfig config;
    private final Loops loops;

    PlannerHeartbeats(PlannerTaker taker, RunRepository runs, BatchConfig config, Loops loops) {
        this.loops = loops;
        this.taker = taker;
        this.runs = runs;
        this.config = config;
    }

    void start(@Observes StartupEvent event) {
        loops.every(config.heartbeatEvery(), this::beatAll, "planner heartbeats stopped: plannings will be taken over");
    }

    private Uni<Void> beatAll() {
        return Multi.createFrom().iterable(taker.held()).onItem().transformToUni(this::beat).merge().collect().asList().replaceWithVoid();
    }

    /** A run that is planned needs no heartbeat and has no planner to lose. */
    Uni<Void> beat(PlannerHold hold) {
        if (!hold.lost() && !hold.mayBeat()) {
            LOG.warnf("the planning of run=%s epoch=%d has made no progress for %d s: its heartbeats stop, another worker takes it over",
                    hold.run(), hold.epoch(), config.progressWithin().toSeconds());
            hold.lose();
        }
        if (hold.lost()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().deferred(() -> runs.won(RunRules.plannerHeartbeat(hold.run(), hold.epoch()))).ifNoItem()
                .after(config.heartbeatEvery()).fail().invoke(won -> {
                    if (!won) {
                        hold.lose();
                    }
                }).replaceWithVoid().onFailure().invoke(hold::progressed).onFailure().recoverWithNull();
    }
}
