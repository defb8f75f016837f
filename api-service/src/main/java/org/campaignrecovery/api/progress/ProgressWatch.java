package org.campaignrecovery.api.progress;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.api.campaign.CampaignAccess;
import org.campaignrecovery.api.run.RunCountsRepository;
import org.campaignrecovery.api.run.RunRepository;
import org.campaignrecovery.api.run.RunView;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Looks how far campaigns are that somebody watches: once a second each, however many watch. */
@ApplicationScoped
class ProgressWatch {
    private static final Logger LOG = Logger.getLogger(ProgressWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final CampaignAccess campaigns;
    private final RunRepository runs;
    private final RunCountsRepository accounts;
    private final Map<String, Multi<CampaignProgress>> watched = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    ProgressWatch(CampaignAccess campaigns, RunRepository runs, RunCountsRepository accounts) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.accounts = accounts;
    }

    /** As it is now; fails with 404 when there is no such campaign. */
    Uni<CampaignProgress> look(String campaign) {
        return campaigns.found(campaign).chain(found -> runs.latest(campaign).chain(run -> run == null
                ? Uni.createFrom().item(progress(found, null))
                : accounts.of(List.of(run.id)).map(sums -> progress(found, RunView.of(run, sums.get(run.id))))));
    }

    private static CampaignProgress progress(CampaignDocument campaign, RunView run) {
        return new CampaignProgress(campaign.id, campaign.status.wire(), campaign.nextRunAt, run);
    }

    /** As it is each second, its end included, after which this ends. What cannot be read is read a second later. */
    Multi<CampaignProgress> follow(String campaign) {
        return watched.computeIfAbsent(campaign, this::looks);
    }

    /** A stop waits for requests to end: those who watch come again, to another process. */
    void stop(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
    }

    private Multi<CampaignProgress> looks(String campaign) {
        Uni<Optional<CampaignProgress>> look = Uni.createFrom().deferred(() -> look(campaign)).map(Optional::of).onFailure()
                .invoke(failure -> LOG.debugf("campaign=%s could not be looked at: %s", campaign, failure.getMessage())).onFailure()
                .recoverWithItem(Optional.empty());
        return Multi.createBy().repeating().uni(() -> look).withDelay(EVERY)
                .whilst(seen -> !stopping && (seen.isEmpty() || !seen.get().isEnd()))
                .filter(Optional::isPresent).map(Optional::get).onTermination().invoke(() -> watched.remove(campaign)).broadcast()
                .withCancellationAfterLastSubscriberDeparture().toAllSubscribers();
    }
}
