package org.campaignrecovery.worker.sending;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.circuit.Circuit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;

/** Whether this process leaves a provider alone, as a metric. */
@ApplicationScoped
class CircuitGauge {
    private final Circuits circuits;
    private final MeterRegistry registry;

    CircuitGauge(Circuits circuits, MeterRegistry registry) {
        this.circuits = circuits;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        for (Channel channel : Channel.values()) {
            Gauge.builder("campaign.circuit.open", () -> open(channel)).tag("channel", channel.wire())
                    .description("1 while this process leaves the channel's provider alone or tries it with one message")
                    .register(registry);
        }
    }

    private int open(Channel channel) {
        return circuits.of(channel).state() instanceof Circuit.Closed ? 0 : 1;
    }
}
