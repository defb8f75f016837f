package org.campaignrecovery.api.erasure;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Erasing customers from the ledger. */
@ConfigMapping(prefix = "campaign.erasure")
public interface ErasureConfig {

    /** How often what an erasure had to leave is looked at again. */
    @WithDefault("PT10S")
    Duration every();

    /** How long a request waits for an erasure to end; it goes on without anybody waiting. */
    @WithDefault("PT10S")
    Duration patience();
}
