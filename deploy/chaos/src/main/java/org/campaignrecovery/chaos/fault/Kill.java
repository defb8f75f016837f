package org.campaignrecovery.chaos.fault;

import java.time.Duration;

import org.campaignrecovery.chaos.stage.Fleet;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.campaignrecovery.local.processes.Poll;

/** SIGKILL to an api or a worker, whatever it is doing. */
record Kill(ServiceKind kind) implements Fault {
    private static final Duration SOMEBODY_IS_THERE = Duration.ofSeconds(20);

    @Override
    public void strike(Play play) {
        Fleet fleet = play.fleet();
        Poll.until(SOMEBODY_IS_THERE, () -> !fleet.healthy(kind).isEmpty());
        play.any(kind).ifPresent(fleet::kill);
    }
}
