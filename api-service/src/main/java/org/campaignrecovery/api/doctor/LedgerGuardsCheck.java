package org.campaignrecovery.api.doctor;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.startup.GuardProbe;
import org.campaignrecovery.ledger.startup.GuardProbe.UnguardedDatabaseException;

import io.smallrye.mutiny.Uni;

/** Whether of several racing updates of one document one wins: everything rests on it. Races them, on a scratch document. */
@ApplicationScoped
class LedgerGuardsCheck implements DoctorCheck {
    private final GuardProbe probe;

    LedgerGuardsCheck(GuardProbe probe) {
        this.probe = probe;
    }

    @Override
    public Subject subject() {
        return Subject.LEDGER_GUARDS;
    }

    @Override
    public Uni<Finding> look() {
        return probe.probe().replaceWith(Finding.ok("of racing updates of one document exactly one wins"))
                .onFailure(UnguardedDatabaseException.class).recoverWithItem(failure -> Finding.failure(failure.getMessage(),
                        "Stop all workers, or people get messages twice, and let CAMPAIGN_MONGO_URI lead to a MongoDB server."));
    }
}
