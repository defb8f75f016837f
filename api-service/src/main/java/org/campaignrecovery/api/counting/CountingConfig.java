package org.campaignrecovery.api.counting;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Counting of audiences. */
@ConfigMapping(prefix = "campaign.counting")
public interface CountingConfig {

    /** How long somebody waits for a count; what was counted until then is the answer, marked as incomplete. */
    @WithDefault("PT30S")
    Duration patience();

    /** After so many customers a count ends, marked as incomplete: each costs about 25 bytes of memory on each channel. */
    @WithDefault("2000000")
    long customers();
}
