package org.campaignrecovery.local.demo;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.campaignrecovery.local.client.Campaigns;
import org.campaignrecovery.local.client.RunProgress;
import org.campaignrecovery.local.processes.Poll;

/** Follows one campaign's run through the api and draws its progress. */
final class RunWatch {
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Campaigns campaigns;
    private final String campaign;
    private final ProgressBar bar = new ProgressBar();
    private RunProgress latest;
    private int unbalanced;

    RunWatch(Campaigns campaigns, String campaign) {
        this.campaigns = campaigns;
        this.campaign = campaign;
    }

    /** Returns when there is a run. @return its id @throws IllegalStateException when it does not start */
    String awaitStart() {
        if (!Poll.until(STARTS_WITHIN, LOOK_EVERY, this::started)) {
            throw new IllegalStateException("the campaign has not started within a minute: " + campaigns.campaign(campaign));
        }
        return latest.id();
    }

    /**
     * Returns when the servers have accepted {@code messages}. The ledger's counts would tell it two seconds late.
     *
     * @throws IllegalStateException when the run is over before
     */
    void awaitAccepted(AcceptedCount accepted, double messages) {
        if (!Poll.until(ENDS_WITHIN, LOOK_EVERY, () -> accepted.now() >= messages || look().isOver())) {
            throw new IllegalStateException("nobody sends: " + latest.json());
        }
        if (latest.isOver()) {
            throw new IllegalStateException("the run was over before its worker could be killed: " + latest.json());
        }
    }

    /** Returns when the run is over. @return what was wrong with it */
    List<String> awaitEnd() {
        boolean ended = Poll.until(ENDS_WITHIN, LOOK_EVERY, () -> look().isOver());
        if (!ended || !latest.status().equals("completed")) {
            return List.of("the run is " + latest.status() + ": " + latest.json());
        }
        return unbalanced == 0 ? List.of() : List.of("planned was not the sum of the counts at " + unbalanced + " looks");
    }

    void interrupt() {
        bar.interrupt();
    }

    private boolean started() {
        Optional<RunProgress> run = campaigns.latestRun(campaign);
        run.ifPresent(found -> latest = found);
        return run.isPresent();
    }

    private RunProgress look() {
        latest = campaigns.run(latest.id());
        unbalanced += latest.adds() ? 0 : 1;
        bar.show(latest);
        return latest;
    }
}
