package org.campaignrecovery.ledger.startup;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Red until the ledger may be used; says why. */
@Readiness
@ApplicationScoped
class LedgerReadiness implements HealthCheck {
    private final LedgerGate gate;

    LedgerReadiness(LedgerGate gate) {
        this.gate = gate;
    }

    @Override
    public HealthCheckResponse call() {
        String obstacle = gate.obstacle();
        var response = HealthCheckResponse.named("ledger").status(obstacle == null);
        return obstacle == null ? response.build() : response.withData("obstacle", obstacle).build();
    }
}
