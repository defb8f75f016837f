package org.campaignrecovery.api.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.api.run.RunRepository;
import org.campaignrecovery.ledger.campaign.CampaignDeparture;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.recovery.RecoveryMeters;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.run.RunState;
import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Counter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Finishes what a process began and did not finish: runs that were not inserted or not published, campaigns whose run has ended but that
 * are still in processing.
 */
@ApplicationScoped
public class LaunchSweep {
    private static final Logger LOG = Logger.getLogger(LaunchSweep.class);
    private static final int PORTION = 200;
    private static final int CONCURRENCY = 8;
    private static final Duration LATELY = Duration.ofHours(1);
    private static final int MOST_LATELY = 500;

    private final CampaignRepository campaigns;
    private final RunRepository runs;
    private final RunLaunch launch;
    private final CampaignDeparture departure;
    private final LedgerClock clock;
    private final SweepConfig config;
    private final Counter finds;
    /** Id of the last one that had its turn; null to begin with the first. */
    private volatile String after;

    LaunchSweep(CampaignRepository campaigns, RunRepository runs, RunLaunch launch, CampaignDeparture departure, LedgerClock clock,
            SweepConfig config, RecoveryMeters meters) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.launch = launch;
        this.departure = departure;
        this.clock = clock;
        this.config = config;
        this.finds = meters.finds("launches");
    }

    /**
     * The next portion of the campaigns in processing, so that a pass over thousands costs no more than one over a few, and those that were missed
     * or cancelled lately.
     */
    Uni<Void> sweep() {
        Instant lately = clock.now().minus(LATELY);
        return portion().chain(() -> campaigns.changedSince(CampaignStatus.MISSED, lately, MOST_LATELY)).chain(this::noteMissed)
                .chain(() -> campaigns.changedSince(CampaignStatus.CANCELLED, lately, MOST_LATELY)).chain(this::finishCancelled);
    }

    private Uni<Void> portion() {
        return campaigns.having(List.of(CampaignStatus.PROCESSING), after, PORTION).chain(found -> {
            after = found.size() < PORTION ? null : found.get(found.size() - 1).id;
            return finish(found);
        });
    }

    private Uni<Void> finish(List<CampaignDocument> processing) {
        return processing.isEmpty()
                ? Uni.createFrom().voidItem()
                : runsOf(processing).chain(found -> Multi.createFrom()
                        .iterable(processing).onItem()
                        .transformToUni(
                                campaign -> finish(campaign, found.get(campaign.current.runId())).onFailure().recoverWithItem(false)
                                        .invoke(this::count))
                        .merge(CONCURRENCY).collect().last().replaceWithVoid());
    }

    private Uni<Map<String, RunDocument>> runsOf(List<CampaignDocument> found) {
        return runs.withIds(found.stream().map(campaign -> campaign.current).filter(Objects::nonNull)
                .map(CampaignDocument.Current::runId).toList());
    }

    /**
     * What is left to do for a campaign in processing.
     *
     * @param run its run, or null when there is none
     * @return whether there was anything
     */
    public Uni<Boolean> finish(CampaignDocument campaign, RunDocument run) {
        Instant now = clock.now();
        if (run == null) {
            LOG.infof("inserting the run that is missing campaign=%s run=%s", campaign.id, campaign.current.runId());
            return launch.launch(campaign, Beginning.decided(campaign, campaign.current, now)).replaceWith(true);
        }
        if (run.state == RunState.MISSED) {
            return launch.launchLate(campaign).replaceWith(true);
        }
        if (!run.state.active()) {
            return departure.depart(run, now);
        }
        boolean unpublished = !run.published && now.isAfter(run.startedAt.plus(config.publishAfter()));
        return unpublished ? launch.ring(run).replaceWith(true) : Uni.createFrom().item(false);
    }

    private Uni<Void> finishCancelled(List<CampaignDocument> cancelled) {
        return cancelled.isEmpty()
                ? Uni.createFrom().voidItem()
                : runsOf(cancelled).chain(found -> Multi.createFrom().iterable(cancelled)
                        .filter(campaign -> found.containsKey(campaign.current.runId())).onItem()
                        .transformToUniAndConcatenate(campaign -> finishCancelled(campaign, found.get(campaign.current.runId()))
                                .invoke(this::count))
                        .collect().last().replaceWithVoid());
    }

    private void count(boolean done) {
        finds.increment(done ? 1 : 0);
    }

    private Uni<Boolean> finishCancelled(CampaignDocument campaign, RunDocument run) {
        if (run.state == RunState.FAILED && run.anonymised == null) {
            return launch.reopenFailed(run.id);
        }
        return campaign.performance == null ? departure.depart(run, clock.now()) : Uni.createFrom().item(false);
    }

    private Uni<Void> noteMissed(List<CampaignDocument> missed) {
        return missed.isEmpty()
                ? Uni.createFrom().voidItem()
                : runsOf(missed).chain(found -> Multi.createFrom().iterable(missed)
                        .filter(campaign -> !found.containsKey(campaign.current.runId())).onItem()
                        .transformToUniAndConcatenate(campaign -> launch.noteMissed(campaign,
                                Beginning.decided(campaign, campaign.current, campaign.updatedAt)).invoke(this::count))
                        .collect().last().replaceWithVoid());
    }
}
