package org.campaignrecovery.worker.trace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much of the sending is traced. */
@ConfigMapping(prefix = "campaign.tracing")
public interface GroupTracingConfig {

    /** Of each batch, the first so many groups of each round of its work; 0 for none. */
    @WithDefault("1")
    int groups();
}
