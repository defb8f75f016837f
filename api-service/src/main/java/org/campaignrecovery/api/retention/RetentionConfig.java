package org.campaignrecovery.api.retention;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How long personal data is kept. */
@ConfigMapping(prefix = "campaign.retention")
public interface RetentionConfig {

    /** So long after its end a run loses its personal data; 0: never. */
    @WithDefault("P90D")
    Duration after();

    /** How often runs are looked for whose time has come. */
    @WithDefault("PT10M")
    Duration every();

    /** Pause between two batches of such a run, up to 500 messages each, so that sending does not notice. */
    @WithDefault("PT0.1S")
    Duration pause();
}
