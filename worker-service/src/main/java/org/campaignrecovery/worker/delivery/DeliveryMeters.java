package org.campaignrecovery.worker.delivery;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.worker.meter.Timed;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;

/** What becomes of deliveries in this process, and how long each step of a group takes. Every series is there from the start. */
@Startup
@ApplicationScoped
public class DeliveryMeters {
    private static final Set<DeliveryState> OUTCOMES = EnumSet.complementOf(EnumSet.of(DeliveryState.SENDING));

    private final Map<Channel, Map<DeliveryState, Counter>> outcomes = new EnumMap<>(Channel.class);
    private final Timed claims;
    private final Timed sends;
    private final Timed records;

    DeliveryMeters(MeterRegistry registry) {
        for (Channel channel : Channel.values()) {
            Map<DeliveryState, Counter> ofChannel = new EnumMap<>(DeliveryState.class);
            OUTCOMES.forEach(state -> ofChannel.put(state, outcome(registry, channel, state)));
            outcomes.put(channel, ofChannel);
        }
        claims = new Timed(registry, "campaign.claim.duration", "From the claim of a group to the ledger's answer", ofMillis(5),
                ofMillis(10), ofMillis(25), ofMillis(50), ofMillis(100), ofMillis(250), ofSeconds(1), ofSeconds(5));
        sends = new Timed(registry, "campaign.send.duration", "From the claim of a message to its provider's answer", ofMillis(10),
                ofMillis(25), ofMillis(50), ofMillis(100), ofMillis(250), ofMillis(500), ofSeconds(1), ofMillis(2_500), ofSeconds(5),
                ofSeconds(10));
        records = new Timed(registry, "campaign.record.duration", "From the last answer of a group to the ledger's acknowledgement",
                ofMillis(5), ofMillis(10), ofMillis(25), ofMillis(50), ofMillis(100), ofMillis(250), ofSeconds(1), ofSeconds(5),
                ofSeconds(30));
    }

    private static Counter outcome(MeterRegistry registry, Channel channel, DeliveryState state) {
        return Counter.builder("campaign.deliveries").description("Deliveries that this process has brought into a state")
                .tags("channel", channel.wire(), "outcome", state == DeliveryState.PENDING ? "released" : state.wire()).register(registry);
    }

    /** So many deliveries were acknowledged to be in this state now; {@code pending} are those that were claimed and given back. */
    public void moved(Channel channel, DeliveryState to, long deliveries) {
        outcomes.get(channel).get(to).increment(deliveries);
    }

    <T> Uni<T> claiming(Channel channel, Uni<T> claim) {
        return claims.measure(channel, claim);
    }

    /** What the last gate stops is no send. */
    <T> Uni<T> sending(Channel channel, Uni<T> attempt) {
        return sends.measureAnswers(channel, attempt);
    }

    <T> Uni<T> recording(Channel channel, Uni<T> record) {
        return records.measure(channel, record);
    }
}
