package org.campaignrecovery.api.recovery;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.schedule.RunLaunch;
import org.campaignrecovery.api.schedule.SweepConfig;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.run.RunState;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Rings for what of a run could be worked on and is worked on by nobody; workers find it by themselves too, if their sweeps are on. */
@ApplicationScoped
class Rouser {
    private static final int AT_ONCE = 1_000;

    private final DeadLeaseSweep dead;
    private final LeaseRepository leases;
    private final RunLaunch launch;
    private final CampaignBatchPublisher batches;
    private final LedgerClock clock;
    private final SweepConfig config;

    Rouser(DeadLeaseSweep dead, LeaseRepository leases, RunLaunch launch, CampaignBatchPublisher batches, LedgerClock clock,
            SweepConfig config) {
        this.dead = dead;
        this.leases = leases;
        this.launch = launch;
        this.batches = batches;
        this.clock = clock;
        this.config = config;
    }

    /**
     * @param run under way, as it was read
     * @return whether there was anything; false when live leases hold all that there is to do
     */
    Uni<Boolean> rouse(RunDocument run) {
        return dead.free(run.id).chain(freed -> ringForPlanner(run, freed)).chain(did -> ringForBatches(run).map(rung -> did || rung));
    }

    private Uni<Boolean> ringForPlanner(RunDocument run, boolean freed) {
        boolean unplanned = run.state == RunState.PLANNING && (freed || run.planner.owner() == null)
                && clock.now().isAfter(run.startedAt.plus(config.publishAfter()));
        return unplanned ? launch.ring(run).replaceWith(true) : Uni.createFrom().item(freed);
    }

    private Uni<Boolean> ringForBatches(RunDocument run) {
        Instant now = clock.now();
        return leases.waiting(run.id, now.minus(config.publishAfter()), now, AT_ONCE).chain(this::ring);
    }

    private Uni<Boolean> ring(List<String> waiting) {
        return Multi.createFrom().iterable(waiting).onItem().transformToUni(batches::publish).merge().collect().asList()
                .replaceWith(!waiting.isEmpty());
    }
}
