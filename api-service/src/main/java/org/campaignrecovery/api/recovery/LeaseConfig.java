package org.campaignrecovery.api.recovery;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** When the lease of a worker is dead; the workers have the same settings. */
@ConfigMapping(prefix = "campaign.lease")
public interface LeaseConfig {

    /** A lease that shows the same epoch and heartbeat for so long is dead. */
    @WithDefault("20s")
    Duration deadAfter();

    /** An observer that did not look for so long starts its observation anew. */
    @WithDefault("5s")
    Duration longestGap();
}
