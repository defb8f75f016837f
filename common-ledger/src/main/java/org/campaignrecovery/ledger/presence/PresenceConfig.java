package org.campaignrecovery.ledger.presence;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a process tells about itself, and how often. */
@ConfigMapping(prefix = "campaign.presence")
public interface PresenceConfig {

    /** How often a process writes down that it is there. */
    @WithDefault("3s")
    Duration every();

    /** A process that has written nothing for so long counts as dead or frozen. */
    @WithDefault("15s")
    Duration staleAfter();

    /** How often a process looks what it can reach. */
    @WithDefault("30s")
    Duration probeEvery();

    /** What has not answered such a look by then counts as not reachable. */
    @WithDefault("10s")
    Duration probeTimeout();
}
