package org.campaignrecovery.worker.rate;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.worker.permit.Permits;
import org.campaignrecovery.worker.run.RunContents.RunContent;

import io.smallrye.mutiny.Uni;

/** The rates that a group waits for: its campaign's, before it takes anything that others need, and its provider's, right before its claim. */
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

    /** As {@link CampaignRate#groups}. */
    public Optional<Permits> groups(RunContent run, Channel channel) {
        return campaign.groups(run, channel);
    }

    /** As {@link CampaignRate#await}. */
    public Uni<Void> awaitCampaign(RunContent run, Channel channel, int messages, Runnable waiting, BooleanSupplier givenUp) {
        Uni<Void> turn = campaign.await(run, channel, messages, waiting, givenUp);
        return campaign.limits(run) ? meters.waiting(channel, turn) : turn;
    }

    /** As {@link ProviderRate#await}. */
    public Uni<Void> awaitProvider(Channel channel, IntSupplier units, Runnable waiting, BooleanSupplier givenUp) {
        Uni<Void> turn = provider.await(channel, units, waiting, givenUp);
        return provider.limits(channel) ? meters.waiting(channel, turn) : turn;
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
