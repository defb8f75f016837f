package org.campaignrecovery.api.schedule;

import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.campaign.DerivedParts;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.run.RunState;

/** Makes the run of a campaign's occurrence, with everything frozen that its sending depends on. */
@ApplicationScoped
public class FrozenRun {
    private final ScheduleConfig config;

    FrozenRun(ScheduleConfig config) {
        this.config = config;
    }

    /** The run of {@code campaign.current}, to be planned. */
    public RunDocument ofCurrent(CampaignDocument campaign, Instant startedAt) {
        return of(campaign, new Beginning(campaign.current, null, null), RunState.PLANNING, startedAt);
    }

    /**
     * The run of one occurrence.
     *
     * @param campaign approved; its content cannot change any more
     */
    RunDocument of(CampaignDocument campaign, Beginning beginning, RunState state, Instant now) {
        RunDocument run = new RunDocument();
        run.id = beginning.occurrence().runId();
        run.campaignId = campaign.id;
        run.campaignName = campaign.name;
        run.type = campaign.type;
        run.state = state;
        run.scheduledFor = beginning.occurrence().scheduledFor();
        run.startedAt = state == RunState.MISSED ? null : now;
        run.overdueBySeconds = beginning.overdueBySeconds();
        run.coalesced = beginning.coalesced();
        run.planner = RunDocument.Planner.NONE;
        run.placed = true;
        run.frozen = new RunDocument.Frozen(campaign.channels, campaign.email == null ? null : DerivedParts.complete(campaign.email),
                campaign.sms, campaign.audience, campaign.delivery, campaign.endDate, campaign.timeZone, config.defaultRegion(),
                AddressNormaliser.VERSION);
        return run;
    }
}
