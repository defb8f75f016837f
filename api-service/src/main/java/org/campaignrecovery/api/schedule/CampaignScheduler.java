package org.campaignrecovery.api.schedule;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;

/** The two clocks of this process: the due check, and the sweeps. Neither runs before the ledger is open, nor while it is held, nor over itself. */
@ApplicationScoped
public class CampaignScheduler {
    private static final Logger LOG = Logger.getLogger(CampaignScheduler.class);

    private final ScheduleConfig schedule;
    private final SweepConfig sweeps;
    private final LedgerGate gate;
    private final Continuity continuity;
    private final Arming arming;
    private final DueCheck due;
    private final LaunchSweep launches;
    private final MissedOccurrences missed;
    private final EndSweep ends;
    private final AtomicBoolean failing = new AtomicBoolean();

    CampaignScheduler(ScheduleConfig schedule, SweepConfig sweeps, LedgerGate gate, Continuity continuity, Arming arming, DueCheck due,
            LaunchSweep launches,
            MissedOccurrences missed, EndSweep ends) {
        this.schedule = schedule;
        this.sweeps = sweeps;
        this.gate = gate;
        this.continuity = continuity;
        this.arming = arming;
        this.due = due;
        this.launches = launches;
        this.missed = missed;
        this.ends = ends;
    }

    void start(@Observes StartupEvent event) {
        if (!schedule.enabled()) {
            LOG.info("campaign scheduler is off (ENABLE_SCHEDULERS=false): this process starts no campaigns");
            return;
        }
        LOG.infof("campaign scheduler started - checking every %ds", schedule.every().toSeconds());
        LOG.infof(
                sweeps.enabled()
                        ? "campaign sweeps started - checking every %ds"
                        : "campaign sweeps are off (campaign.sweep.enabled=false)",
                sweeps.every().toSeconds());
    }

    @Scheduled(every = "${campaign.schedule.every:PT1S}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> startDue() {
        return schedule.enabled() ? quietly(() -> arming.sweep().chain(due::look)) : Uni.createFrom().voidItem();
    }

    @Scheduled(every = "${campaign.sweep.every:PT1S}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return schedule.enabled() && sweeps.enabled()
                ? quietly(() -> launches.sweep().chain(missed::sweep).chain(ends::sweep))
                : Uni.createFrom().voidItem();
    }

    /** Says once that the ledger does not answer, and once that it does again. */
    private Uni<Void> quietly(Supplier<Uni<? extends Void>> work) {
        if (!gate.isOpen() || !continuity.goesOn()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().<Void>deferred(work).invoke(() -> {
            if (failing.compareAndSet(true, false)) {
                LOG.info("the scheduler works again");
            }
        }).onFailure().invoke(failure -> {
            if (failing.compareAndSet(false, true)) {
                LOG.warnf("the scheduler cannot read the ledger (%s: %s): it tries every second, nothing is lost meanwhile",
                        failure.getClass().getSimpleName(), failure.getMessage());
            }
            LOG.debug("scheduler failed", failure);
        }).onFailure().recoverWithNull();
    }
}
