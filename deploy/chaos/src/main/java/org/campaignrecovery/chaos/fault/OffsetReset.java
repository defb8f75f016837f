package org.campaignrecovery.chaos.fault;

import java.time.Duration;

import org.campaignrecovery.local.kafka.Topics;
import org.campaignrecovery.local.processes.Poll;

/** All workers are stopped, their groups' offsets are set back to the beginning, and they are started: every event is heard again. */
public record OffsetReset() implements Fault {
    private static final Duration GROUPS_ARE_EMPTY = Duration.ofSeconds(30);

    @Override
    public void strike(Play play) {
        play.fleet().withoutWorkers(() -> {
            boolean done = Poll.until(GROUPS_ARE_EMPTY, Duration.ofMillis(500), () -> rewound(play.stage().brokerAddress()));
            play.timeline().note(done ? "offsets are set back to the beginning" : "offsets could not be set back: somebody is in a group");
        }, Integer.MAX_VALUE);
    }

    /** False while somebody who has died counts as a member. */
    private static boolean rewound(String broker) {
        try (Topics topics = new Topics(broker)) {
            topics.rewind("campaign-planner");
            topics.rewind("campaign-sender");
            return true;
        } catch (Exception e) {
            return false;
        }
    }
}
