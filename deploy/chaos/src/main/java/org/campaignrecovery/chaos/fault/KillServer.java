package org.campaignrecovery.chaos.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import org.campaignrecovery.chaos.stage.Server;
import org.campaignrecovery.chaos.stage.Stage;
import org.campaignrecovery.local.processes.Poll;

/** SIGKILL to the broker or the database, which comes back with its files some seconds later. */
record KillServer(Function<Stage, Optional<Server>> which) implements Fault {
    private static final int LONGEST_SECONDS = 6;

    @Override
    public void strike(Play play) {
        which.apply(play.stage()).ifPresent(server -> {
            int seconds = play.between(1, LONGEST_SECONDS);
            server.kill();
            play.timeline().note("SIGKILL %s, back in %d s", server.title(), seconds);
            Poll.until(Duration.ofSeconds(seconds), () -> false);
            server.start();
            play.timeline().note("%s is back", server.title());
        });
    }
}
