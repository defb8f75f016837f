package org.campaignrecovery.bench.ours;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import org.campaignrecovery.local.client.Campaigns;
import org.campaignrecovery.local.client.RunProgress;
import org.campaignrecovery.local.processes.Poll;

/** Waits for what becomes of campaigns, by asking the api twice a second. */
public final class CampaignWatch {
    private static final Duration LONGEST = Duration.ofHours(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Campaigns campaigns;

    public CampaignWatch(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    /** @return its latest run, which is over */
    public RunProgress awaitEnd(String campaign) {
        await(campaign, "came to no end", () -> isOver(campaign));
        return campaigns.latestRun(campaign).orElseThrow();
    }

    /** @param number of e-mails */
    public void awaitSent(String campaign, long number) {
        await(campaign, "does not get under way", () -> sent(campaign) >= number);
    }

    public boolean isOver(String campaign) {
        return campaigns.latestRun(campaign).filter(RunProgress::isOver).isPresent();
    }

    /** E-mails of its latest run. */
    public long sent(String campaign) {
        return campaigns.latestRun(campaign).map(run -> (long) run.count("email", "sent")).orElse(0L);
    }

    private void await(String campaign, String otherwise, BooleanSupplier reached) {
        if (!Poll.until(LONGEST, LOOK_EVERY, reached)) {
            throw new IllegalStateException("the campaign %s: %s".formatted(otherwise, campaigns.campaign(campaign)));
        }
    }
}
