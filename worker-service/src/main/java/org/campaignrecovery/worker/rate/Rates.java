package org.campaignrecovery.worker.rate;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.worker.run.RunContents.RunContent;

import io.smallrye.mutiny.Uni;

/** All rates that a group waits for: its campaign's, then its provider's, which is the harder one and so the last. */
@ApplicationScoped
public class Rates {
    private final CampaignRate campaign;
    private final ProviderRate provider;
    private final RateMeters meters;

    Rates(CampaignRate campaign, ProviderRate provider, RateMeters meters) {
        this.campaign = campaign;
        this.provider = provider;
        this.meters = meters;
    }

    /**
     * As {@link CampaignRate#await}.
     *
     * @param messages count at the campaign
     * @param units what they count at the provider, asked for only when that has a rate
     */
    public Uni<Void> await(RunContent run, Channel channel, int messages, IntSupplier units, Runnable waiting, BooleanSupplier givenUp) {
        Uni<Void> turn = campaign.await(run, channel, messages, waiting, givenUp)
                .chain(() -> provider.await(channel, units, waiting, givenUp));
        return campaign.limits(run) || provider.limits(channel) ? meters.waiting(channel, turn) : turn;
    }

    /** How many messages are a group of the run, where {@code most} would be one without any rate. */
    public int groupSize(RunContent run, Channel channel, int most) {
        return Math.min(campaign.groupSize(run, channel, most), provider.groupSize(channel, most));
    }

    /** The provider has said that it is too much. */
    public void slowDown(Channel channel) {
        provider.slowDown(channel);
    }
}
