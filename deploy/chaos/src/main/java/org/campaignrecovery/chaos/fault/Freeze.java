package org.campaignrecovery.chaos.fault;

import java.time.Duration;

import org.campaignrecovery.local.cluster.ServiceKind;

/** SIGSTOP to a worker until its leases are dead and others have them, then SIGCONT: a zombie. */
record Freeze() implements Fault {
    private static final Duration LEASE = Duration.ofSeconds(20);

    @Override
    public void strike(Play play) {
        play.any(ServiceKind.WORKER).ifPresent(
                worker -> play.fleet().freeze(worker, LEASE.plusSeconds(play.between(2, 6)), LEASE));
    }
}
