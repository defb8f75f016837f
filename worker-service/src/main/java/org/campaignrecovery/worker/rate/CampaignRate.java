package org.campaignrecovery.worker.rate;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.worker.permit.Permits;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.sending.SendingConfig;

import io.smallrye.mutiny.Uni;

/**
 * The campaign's {@code ratePerSecond}, a channel each, shared by all workers through the ledger. Tokens are taken before anything that
 * other campaigns wait for, too, so that a slow one is in nobody's way, and only shortly before they are used, so that a worker that dies or
 * stops takes next to none with it; tokens of messages that are not sent after all are lost.
 */
@ApplicationScoped
public class CampaignRate {
    private final RateRepository rates;
    private final LedgerClock clock;
    private final SendingConfig config;
    private final Map<SharedBy, Lane> lanes = new ConcurrentHashMap<>();

    CampaignRate(RateRepository rates, LedgerClock clock, SendingConfig config) {
        this.rates = rates;
        this.clock = clock;
        this.config = config;
    }

    /**
     * One for each group of the run that this process may have between its tokens and its end, as many as there may be under way without any
     * rate: more would take tokens that they cannot use yet. Empty when the campaign has no rate.
     */
    Optional<Permits> groups(RunContent run, Channel channel) {
        return lane(run, channel).map(Lane::groups);
    }

    /**
     * Completes when {@code n} messages of the run may begin on the channel; at once when the campaign has no rate.
     *
     * @param waiting told now and then while there is nothing to do but wait
     * @param givenUp asked now and then whether there is still somebody to wait for; if not, completes early and takes nothing
     */
    public Uni<Void> await(RunContent run, Channel channel, int n, Runnable waiting, BooleanSupplier givenUp) {
        return lane(run, channel).map(lane -> lane.rate.await(n, waiting, givenUp)).orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** As {@link SharedRate#groupSize}. */
    int groupSize(RunContent run, Channel channel, int most) {
        return lane(run, channel).map(lane -> lane.rate.groupSize(most)).orElse(most);
    }

    private Optional<Lane> lane(RunContent run, Channel channel) {
        return Optional.ofNullable(run.frozen().delivery().ratePerSecond()).map(perSecond -> lanes.computeIfAbsent(
                new SharedBy(key(run.campaignId(), channel), perSecond),
                by -> new Lane(new SharedRate(by.key, by.perSecond, rates, clock), new Permits(config.groups(channel).groups()))));
    }

    boolean limits(RunContent run) {
        return run.frozen().delivery().ratePerSecond() != null;
    }

    static String key(String campaignId, Channel channel) {
        return campaignId + ":" + channel.wire();
    }

    private record SharedBy(String key, int perSecond) {
    }

    private record Lane(SharedRate rate, Permits groups) {
    }
}
