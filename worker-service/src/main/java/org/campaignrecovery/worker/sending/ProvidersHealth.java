package org.campaignrecovery.worker.sending;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.channel.Channel;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Tells how the providers do. Never red: a worker without a provider is of use to the other channel, and waits for its own. */
@Readiness
@ApplicationScoped
class ProvidersHealth implements HealthCheck {
    private final Circuits circuits;

    ProvidersHealth(Circuits circuits) {
        this.circuits = circuits;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("providers").up();
        for (Channel channel : Channel.values()) {
            response.withData(channel.wire(), circuits.of(channel).description());
        }
        return response.build();
    }
}
