package org.campaignrecovery.chaos.round;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import org.campaignrecovery.chaos.report.Timeline;
import org.campaignrecovery.chaos.report.Violations;
import org.campaignrecovery.chaos.stage.Door;
import org.campaignrecovery.chaos.stage.Stage;
import org.campaignrecovery.chaos.watch.Accepted;
import org.campaignrecovery.chaos.watch.Accounts;
import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.campaignrecovery.local.kafka.Topics;
import org.campaignrecovery.local.processes.Poll;

/**
 * Invariant 5: the events of a run that is over are heard again from the beginning, it is asked to be replayed, and what lies among the
 * dead letters is published again. Nobody receives anything, and nothing is claimed.
 */
final class Replay {
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(60);
    private static final Duration AFTERWARDS = Duration.ofSeconds(3);

    private final Stage stage;
    private final String run;
    private final String campaign;
    private final Accepted accepted;
    private final Timeline timeline;
    private final Violations violations;

    Replay(Stage stage, String run, String campaign, Accepted accepted, Timeline timeline, Violations violations) {
        this.stage = stage;
        this.run = run;
        this.campaign = campaign;
        this.accepted = accepted;
        this.timeline = timeline;
        this.violations = violations;
    }

    void judge(Door door, Supplier<Accounts> accounts) {
        int before = accepted.count();
        Map<String, String> claims = accounts.get().claims();
        stage.fleet().withoutWorkers(this::rewind, 1);
        door.ask(LocalUsers.OPERATOR, api -> api.post("/api/runs/" + run + "/replay?dryRun=false"));
        Poll.until(HEARD_WITHIN, () -> !stage.fleet().healthy(ServiceKind.WORKER).isEmpty());
        try (Topics topics = new Topics(stage.brokerAddress())) {
            if (!Poll.until(HEARD_WITHIN, Duration.ofMillis(300), () -> heard(topics))) {
                violations.add(5, "the events were not all heard again within %d s", HEARD_WITHIN.toSeconds());
            }
        }
        Poll.until(AFTERWARDS, () -> false);
        if (accepted.count() != before) {
            violations.add(5, "%d messages were accepted after the events of the finished run were heard again",
                    accepted.count() - before);
        }
        if (!accounts.get().claims().equals(claims)) {
            violations.add(5, "messages of campaign=%s were claimed after its run had ended", campaign);
        }
        timeline.note("replayed: %d messages before, %d after", before, accepted.count());
    }

    private void rewind() {
        boolean done = Poll.until(HEARD_WITHIN, Duration.ofMillis(500), () -> {
            try (Topics topics = new Topics(stage.brokerAddress())) {
                topics.rewind("campaign-planner");
                topics.rewind("campaign-sender");
                redrive(topics);
                return true;
            } catch (Exception e) {
                return false;
            }
        });
        timeline.note(done ? "rewound and re-driven for the replay" : "the offsets could not be set back for the replay");
    }

    private static void redrive(Topics topics) throws Exception {
        topics.republish("campaign-due-dlq", "campaign-due");
        topics.republish("campaign-batch-dlq", "campaign-batch");
    }

    private static boolean heard(Topics topics) {
        return topics.caughtUp("campaign-planner", "campaign-due") && topics.caughtUp("campaign-sender", "campaign-batch");
    }
}
