package org.campaignrecovery.chaos.fault;

import java.time.Instant;

import org.campaignrecovery.chaos.fault.Play.Silence;

/** The campaign is cancelled in the middle. */
record Cancel() implements Fault {

    @Override
    public void strike(Play play) {
        Orders.give(play, "cancel");
        play.silences().add(new Silence("cancel", Instant.now(), Instant.MAX));
    }
}
