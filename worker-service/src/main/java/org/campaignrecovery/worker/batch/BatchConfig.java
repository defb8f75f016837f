package org.campaignrecovery.worker.batch;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Leases of batches. */
@ConfigMapping(prefix = "campaign.lease")
public interface BatchConfig {

    /** Batches of one channel that a process works on at once. */
    @WithDefault("3")
    int slots();

    /**
     * More batches of one channel that a process takes on when their owners are dead: nobody's batch waits until another one is done. They
     * share the groups, so a process that dies over them leaves no more in doubt.
     */
    @WithDefault("16")
    int rescueSlots();

    /**
     * More batches of one channel that a process works on, of runs of which it works on none: one for each of them. What is large, or slow by
     * its rate, keeps nobody waiting. They share the groups, too.
     */
    @WithDefault("8")
    int newcomerSlots();

    /** A heartbeat of every lease that a process holds. */
    @WithDefault("2s")
    Duration heartbeatEvery();

    /** A lease that shows the same epoch and heartbeat for so long is dead. */
    @WithDefault("20s")
    Duration deadAfter();

    /** An observer that did not look for so long starts its observation anew. */
    @WithDefault("5s")
    Duration longestGap();

    /** Heartbeats of a lease stop when its work has made no progress for so long. */
    @WithDefault("60s")
    Duration progressWithin();

    /** How long a batch rests whose run is paused or stopped. */
    @WithDefault("1s")
    Duration rest();

    /** How long a stopping process waits for its groups to end: below Kubernetes' 30 s. */
    @WithDefault("25s")
    Duration grace();
}
