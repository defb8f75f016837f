package org.campaignrecovery.worker.rate;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.worker.run.RunContents.RunContent;

import io.smallrye.mutiny.Uni;

/**
 * The campaign's {@code ratePerSecond}, a channel each, shared by all workers through the ledger. Tokens are taken before the claim, so
 * that nothing waits for them in {@code sending}, and only shortly before they are used, so that a worker that dies or stops takes next to
 * none with it; tokens of messages that are not sent after all are lost.
 */
@ApplicationScoped
public class CampaignRate {
    private final RateRepository rates;
    private final LedgerClock clock;
    private final Map<SharedBy, SharedRate> shared = new ConcurrentHashMap<>();

    CampaignRate(RateRepository rates, LedgerClock clock) {
        this.rates = rates;
        this.clock = clock;
    }

    /**
     * Completes when {@code n} messages of the run may begin on the channel; at once when the campaign has no rate.
     *
     * @param waiting told now and then while there is nothing to do but wait
     * @param givenUp asked now and then whether there is still somebody to wait for; if not, completes early and takes nothing
     */
    public Uni<Void> await(RunContent run, Channel channel, int n, Runnable waiting, BooleanSupplier givenUp) {
        SharedRate rate = of(run, channel);
        return rate == null ? Uni.createFrom().voidItem() : rate.await(n, waiting, givenUp);
    }

    /** As {@link SharedRate#groupSize}. */
    int groupSize(RunContent run, Channel channel, int most) {
        SharedRate rate = of(run, channel);
        return rate == null ? most : rate.groupSize(most);
    }

    /** Null for none. */
    private SharedRate of(RunContent run, Channel channel) {
        Integer perSecond = run.frozen().delivery().ratePerSecond();
        return perSecond == null
                ? null
                : shared.computeIfAbsent(new SharedBy(key(run.campaignId(), channel), perSecond),
                        by -> new SharedRate(by.key, by.perSecond, rates, clock));
    }

    boolean limits(RunContent run) {
        return run.frozen().delivery().ratePerSecond() != null;
    }

    static String key(String campaignId, Channel channel) {
        return campaignId + ":" + channel.wire();
    }

    private record SharedBy(String key, int perSecond) {
    }
}
