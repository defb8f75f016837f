package org.campaignrecovery.api.schedule;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The sweeps that finish what another process began. Campaigns start without them. */
@ConfigMapping(prefix = "campaign.sweep")
public interface SweepConfig {

    /** False switches the sweeps of this process off, for tests of the way through Kafka alone. */
    @WithDefault("true")
    boolean enabled();

    /** How often they run. */
    @WithDefault("PT1S")
    Duration every();

    /** A run that was not published for so long is published by whoever sees it. */
    @WithDefault("PT2S")
    Duration publishAfter();
}
