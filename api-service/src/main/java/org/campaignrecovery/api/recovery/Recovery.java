package org.campaignrecovery.api.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.api.run.RunRepository;
import org.campaignrecovery.api.schedule.Arming;
import org.campaignrecovery.api.schedule.DueStart;
import org.campaignrecovery.api.schedule.LaunchSweep;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Does for every pending campaign what the sweeps do by themselves, at once, and reports what was to do. */
@ApplicationScoped
public class Recovery {
    private static final Logger LOG = Logger.getLogger(Recovery.class);
    private static final int AT_MOST = 10_000;
    private static final int CONCURRENCY = 8;

    private final CampaignRepository campaigns;
    private final RunRepository runs;
    private final Arming arming;
    private final DueStart start;
    private final LaunchSweep launches;
    private final Rouser rouser;
    private final LedgerClock clock;

    Recovery(CampaignRepository campaigns, RunRepository runs, Arming arming, DueStart start, LaunchSweep launches, Rouser rouser,
            LedgerClock clock) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.arming = arming;
        this.start = start;
        this.launches = launches;
        this.rouser = rouser;
        this.clock = clock;
    }

    /** Safe at any time, anywhere, at once. */
    public Uni<RecoveryReport> recover() {
        LOG.info("checking for pending campaigns to resume");
        return arming.sweep().map(Set::copyOf).chain(armed -> campaigns
                .having(List.of(CampaignStatus.SCHEDULED, CampaignStatus.PROCESSING), null, AT_MOST).chain(pending -> {
                    LOG.infof("found %d pending campaign(s)", pending.size());
                    return runsOf(pending).chain(found -> Multi.createFrom().iterable(pending).onItem()
                            .transformToUni(campaign -> recover(campaign, found, armed)).merge(CONCURRENCY).collect().asList());
                })).map(RecoveryReport::of).invoke(report -> LOG.infof("all pending campaigns processed recovered=%d skipped=%d",
                        report.recovered(), report.skipped()));
    }

    private Uni<Map<String, RunDocument>> runsOf(List<CampaignDocument> pending) {
        List<String> ids = new ArrayList<>();
        pending.stream().filter(campaign -> campaign.current != null).forEach(campaign -> ids.add(campaign.current.runId()));
        return runs.withIds(ids);
    }

    private Uni<RecoveryReport.Outcome> recover(CampaignDocument campaign, Map<String, RunDocument> found, Set<String> armed) {
        Uni<Boolean> did = campaign.status == CampaignStatus.PROCESSING
                ? processing(campaign, found.get(campaign.current.runId()))
                : scheduled(campaign, armed.contains(campaign.id));
        return did.map(done -> outcome(campaign, done)).onFailure().recoverWithItem(failure -> {
            LOG.warnf("could not resume campaign=%s (%s): the sweeps try again", campaign.id, failure.getMessage());
            return RecoveryReport.Outcome.skipped(campaign, "Could not be resumed just now; the sweeps try again");
        });
    }

    private Uni<Boolean> processing(CampaignDocument campaign, RunDocument run) {
        return launches.finish(campaign, run)
                .chain(did -> did || run == null || !run.state.active() ? Uni.createFrom().item(did) : rouser.rouse(run))
                .invoke(did -> {
                    if (did) {
                        LOG.infof("resuming \"%s\" immediately campaign=%s run=%s", campaign.name, campaign.id, campaign.current.runId());
                    }
                });
    }

    private Uni<Boolean> scheduled(CampaignDocument campaign, boolean armedNow) {
        if (campaign.nextRunAt == null) {
            return Uni.createFrom().item(armedNow);
        }
        if (campaign.nextRunAt.isAfter(clock.now())) {
            LOG.infof("%s \"%s\" campaign=%s for=%s", armedNow ? "rescheduling" : "already scheduled", campaign.name, campaign.id,
                    campaign.nextRunAt);
            return Uni.createFrom().item(armedNow);
        }
        LOG.infof("resuming \"%s\" immediately campaign=%s", campaign.name, campaign.id);
        return start.attempt(campaign).map(result -> result != DueStart.Result.LOST || armedNow);
    }

    private static RecoveryReport.Outcome outcome(CampaignDocument campaign, boolean done) {
        if (!done) {
            return RecoveryReport.Outcome.skipped(campaign, RecoveryReport.JOB_EXISTS);
        }
        LOG.infof("resumed \"%s\" successfully campaign=%s", campaign.name, campaign.id);
        return RecoveryReport.Outcome.recovered(campaign);
    }
}
