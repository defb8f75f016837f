package org.campaignrecovery.chaos.fault;

import java.time.Duration;
import java.time.Instant;

import org.campaignrecovery.chaos.fault.Play.Silence;
import org.campaignrecovery.local.processes.Poll;

/** The campaign is paused in the middle, for longer than a message may be on its way, and resumed. */
record Pause() implements Fault {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(14);

    @Override
    public void strike(Play play) {
        Orders.give(play, "pause");
        Silence begun = new Silence("pause", Instant.now(), null);
        play.silences().add(begun);
        Poll.until(LONG_ENOUGH, () -> false);
        Instant until = Instant.now();
        play.silences().remove(begun);
        play.silences().add(new Silence("pause", begun.since(), until));
        Orders.give(play, "resume");
    }
}
