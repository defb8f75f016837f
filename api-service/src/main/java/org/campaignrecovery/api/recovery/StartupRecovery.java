package org.campaignrecovery.api.recovery;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;

/** The recovery that the origin promises at every start: as soon as the ledger is open. */
@ApplicationScoped
public class StartupRecovery {
    private static final Logger LOG = Logger.getLogger(StartupRecovery.class);

    private final Recovery recovery;
    private final LedgerGate gate;
    private final ScheduleConfig schedule;

    StartupRecovery(Recovery recovery, LedgerGate gate, ScheduleConfig schedule) {
        this.recovery = recovery;
        this.gate = gate;
        this.schedule = schedule;
    }

    void start(@Observes StartupEvent event) {
        if (schedule.enabled()) {
            gate.opened().chain(recovery::recover).subscribe().with(report -> LOG.debugf("recovered %d", report.recovered()),
                    failure -> LOG.warnf("the recovery at start has failed (%s): the sweeps try again", failure.getMessage()));
        }
    }
}
