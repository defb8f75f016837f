package org.campaignrecovery.worker.recovery;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.presence.PresenceDocument;
import org.campaignrecovery.ledger.presence.SelfDescription;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** This process is a worker. */
@ApplicationScoped
class WorkerDescription implements SelfDescription {
    private final boolean schedulers;
    private final RecoveryConfig sweeps;

    WorkerDescription(@ConfigProperty(name = "campaign.schedulers.enabled") boolean schedulers, RecoveryConfig sweeps) {
        this.schedulers = schedulers;
        this.sweeps = sweeps;
    }

    @Override
    public String service() {
        return PresenceDocument.WORKER;
    }

    @Override
    public boolean schedulers() {
        return schedulers;
    }

    @Override
    public boolean sweeps() {
        return schedulers && sweeps.enabled();
    }
}
