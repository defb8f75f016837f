package org.campaignrecovery.chaos.fault;

import java.time.Duration;
import java.time.Instant;

import org.campaignrecovery.chaos.fault.Play.Silence;
import org.campaignrecovery.local.access.LocalUsers;
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

    /** What operators order. */
    static final class Orders {
        private Orders() {
        }

        /** An order whose answer was lost is given again; that it is carried out already is an answer too. */
        static void give(Play play, String order) {
            try {
                play.door().ask(LocalUsers.OPERATOR, api -> api.post("/api/campaigns/" + play.campaign() + "/" + order));
                play.timeline().note("%s is acknowledged", order);
            } catch (org.campaignrecovery.local.client.ApiException e) {
                play.timeline().note("%s is refused: %s", order, e.getMessage());
            }
        }
    }
}
