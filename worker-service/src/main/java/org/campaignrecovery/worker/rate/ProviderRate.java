package org.campaignrecovery.worker.rate;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.rate.Slowdown;
import org.campaignrecovery.worker.sending.SendingConfig;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;

/**
 * What a provider takes a second, of all workers and campaigns together ({@code campaign.sending.<channel>.rate-per-second}), e-mails or
 * segments of SMS. Less for a while once the provider has said that it is too much.
 */
@ApplicationScoped
public class ProviderRate {
    private static final Logger LOG = Logger.getLogger(ProviderRate.class);

    private final RateRepository rates;
    private final LedgerClock clock;
    private final Map<Channel, SharedRate> shared = new EnumMap<>(Channel.class);

    @Inject
    ProviderRate(RateRepository rates, LedgerClock clock, SendingConfig config) {
        this(rates, clock, configured(config));
    }

    /** @param perSecond for channels that have a rate */
    ProviderRate(RateRepository rates, LedgerClock clock, Map<Channel, Integer> perSecond) {
        this.rates = rates;
        this.clock = clock;
        perSecond.forEach((channel, number) -> shared.put(channel, new SharedRate(key(channel), positive(channel, number), rates, clock)));
    }

    private static int positive(Channel channel, int perSecond) {
        if (perSecond < 1) {
            throw new IllegalArgumentException(
                    "campaign.sending.%s.rate-per-second is %d: give at least 1, or leave it out for no limit".formatted(channel.wire(),
                            perSecond));
        }
        return perSecond;
    }

    /** Nothing is sent with a rate that cannot be: such a worker does not start. */
    void start(@Observes StartupEvent event) {
        shared.forEach((channel, rate) -> LOG.infof("channel=%s has a rate that all workers share", channel.wire()));
    }

    private static Map<Channel, Integer> configured(SendingConfig config) {
        Map<Channel, Integer> perSecond = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            config.groups(channel).ratePerSecond().ifPresent(number -> perSecond.put(channel, number));
        }
        return perSecond;
    }

    /**
     * As {@link CampaignRate#await}.
     *
     * @param units what counts at the provider, asked for only when that has a rate
     */
    public Uni<Void> await(Channel channel, IntSupplier units, Runnable waiting, BooleanSupplier givenUp) {
        SharedRate rate = shared.get(channel);
        return rate == null ? Uni.createFrom().voidItem() : rate.await(units.getAsInt(), waiting, givenUp);
    }

    /** As {@link SharedRate#groupSize}. */
    int groupSize(Channel channel, int most) {
        SharedRate rate = shared.get(channel);
        return rate == null ? most : rate.groupSize(most);
    }

    boolean limits(Channel channel) {
        return shared.containsKey(channel);
    }

    /** The provider has said that it is too much. Nothing to slow down where no rate is set: the circuit's pause is all then. */
    public void slowDown(Channel channel) {
        if (!limits(channel)) {
            return;
        }
        rates.current(key(channel)).onItem().ifNotNull().transformToUni(this::slowDown)
                .subscribe().with(slowed -> {
                    if (Boolean.TRUE.equals(slowed)) {
                        LOG.warnf(
                                "channel=%s the provider says that it is too much: its rate is halved, and grows again within a minute or two",
                                channel.wire());
                    }
                }, failure -> LOG.debugf("channel=%s cannot be slowed down now: %s", channel.wire(), failure.getMessage()));
    }

    private Uni<Boolean> slowDown(RateRepository.Rate rate) {
        Slowdown before = rate.slowdown();
        Slowdown after = Slowdown.after(before, clock.now());
        return after == before ? Uni.createFrom().item(false) : rates.slowDown(rate, after);
    }

    static String key(Channel channel) {
        return "provider:" + channel.wire();
    }
}
