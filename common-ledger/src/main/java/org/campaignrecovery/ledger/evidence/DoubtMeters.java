package org.campaignrecovery.ledger.evidence;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;

/** Counts what becomes of doubt in this process. Every series is there from the start, so that a first increase is seen as one. */
@Startup
@ApplicationScoped
public class DoubtMeters {
    private static final String RESOLVED = "campaign.doubt.resolved";
    private static final String TWICE = "campaign.possibly.twice";

    private final MeterRegistry registry;

    DoubtMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Channel channel : Channel.values()) {
            twice(channel);
            for (Source source : Source.values()) {
                resolved(source, channel, DeliveryState.SENT);
            }
            resolved(Source.OPERATOR, channel, DeliveryState.FAILED);
        }
    }

    /** From whom it is known. */
    public enum Source implements Wire {
        CALLBACK("callback"),
        LOOK_UP("look_up"),
        OPERATOR("operator");

        private final String wire;

        Source(String wire) {
            this.wire = wire;
        }

        @Override
        public String wire() {
            return wire;
        }
    }

    /** So many messages in doubt are known to be sent or failed now. */
    public void resolved(Source source, Channel channel, DeliveryState to, long messages) {
        resolved(source, channel, to).increment(messages);
    }

    public void possiblyTwice(Channel channel) {
        twice(channel).increment();
    }

    private Counter resolved(Source source, Channel channel, DeliveryState to) {
        return Counter.builder(RESOLVED).description("Messages in doubt whose outcome became known, by from whom")
                .tags("source", source.wire(), "channel", channel.wire(), "to", to.wire()).register(registry);
    }

    private Counter twice(Channel channel) {
        return Counter.builder(TWICE).description("Messages of which an earlier attempt than the latest turned out to have been accepted")
                .tag("channel", channel.wire()).register(registry);
    }
}
