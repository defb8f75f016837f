package org.campaignrecovery.worker.rate;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.worker.meter.Timed;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;

/** How long groups wait because a campaign or a provider takes only so much a second. */
@Startup
@ApplicationScoped
class RateMeters {
    private final Timed waits;

    RateMeters(MeterRegistry registry) {
        waits = new Timed(registry, "campaign.rate.wait", "How long a group waited for a rate of its campaign or its provider",
                ofMillis(10), ofMillis(100), ofMillis(500), ofSeconds(1), ofSeconds(5), ofSeconds(30), ofSeconds(60));
    }

    Uni<Void> waiting(Channel channel, Uni<Void> turn) {
        return waits.measure(channel, turn);
    }
}
