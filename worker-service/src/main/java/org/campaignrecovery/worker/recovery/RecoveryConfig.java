package org.campaignrecovery.worker.recovery;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The sweeps that carry the work on without Kafka. */
@ConfigMapping(prefix = "campaign.sweep")
public interface RecoveryConfig {

    /** Whether this process sweeps. {@code ENABLE_SCHEDULERS=false} switches it off too. */
    @WithDefault("true")
    boolean enabled();

    @WithDefault("1s")
    Duration every();

    /** What has been waiting for so long is taken without having been rung for. */
    @WithDefault("2s")
    Duration patience();
}
