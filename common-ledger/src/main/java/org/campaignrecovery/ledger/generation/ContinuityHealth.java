package org.campaignrecovery.ledger.generation;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.presence.PresenceDocument;
import org.campaignrecovery.ledger.presence.SelfDescription;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says that the ledger is held. A worker is red then; an api is not, or nobody could reach it to confirm. */
@Readiness
@ApplicationScoped
class ContinuityHealth implements HealthCheck {
    private final Continuity continuity;
    private final SelfDescription self;

    ContinuityHealth(Continuity continuity, SelfDescription self) {
        this.continuity = continuity;
        this.self = self;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("ledger-continuity");
        return continuity.obstacle().map(obstacle -> response.status(self.service().equals(PresenceDocument.API))
                .withData("obstacle", obstacle).build()).orElseGet(() -> response.up().build());
    }
}
