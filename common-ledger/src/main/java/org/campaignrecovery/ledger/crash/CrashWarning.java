package org.campaignrecovery.ledger.crash;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;

/** A process that may kill itself says so when it starts; one whose crash points are set wrongly, or outside a test, does not start. */
@ApplicationScoped
class CrashWarning {
    private static final Logger LOG = Logger.getLogger(CrashWarning.class);

    void start(@Observes StartupEvent event) {
        CrashSwitch.of(System.getenv()).ifPresent(points -> LOG.warnf("this is a test: the process dies at one of %s", points));
    }
}
