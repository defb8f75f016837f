package org.campaignrecovery.api.evidence;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.ledger.startup.LedgerGate;
import org.campaignrecovery.model.channel.Channel;
import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/** The doubt in the ledger as a metric, counted now and then. Every api tells the same, and nothing while it cannot know. */
@ApplicationScoped
class DoubtGauge {
    private static final Logger LOG = Logger.getLogger(DoubtGauge.class);

    private final DoubtCountRepository doubt;
    private final LedgerGate gate;
    private final MeterRegistry registry;
    private volatile Map<Channel, Long> counted = Map.of();

    DoubtGauge(DoubtCountRepository doubt, LedgerGate gate, MeterRegistry registry) {
        this.doubt = doubt;
        this.gate = gate;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        for (Channel channel : Channel.values()) {
            Gauge.builder("campaign.doubt", () -> counted.containsKey(channel) ? counted.get(channel) : Double.NaN)
                    .description("Messages in doubt in the ledger, as the batches count them").tag("channel", channel.wire())
                    .register(registry);
        }
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return gate.isOpen()
                ? doubt.byChannel().invoke(sums -> counted = sums).replaceWithVoid().onFailure().invoke(failure -> {
                    LOG.debugf("the doubt could not be counted: %s", failure.getMessage());
                    counted = Map.of();
                }).onFailure().recoverWithNull()
                : Uni.createFrom().voidItem();
    }
}
