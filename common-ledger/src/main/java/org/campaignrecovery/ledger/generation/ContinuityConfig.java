package org.campaignrecovery.ledger.generation;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the ledger is watched for having gone backwards. */
@ConfigMapping(prefix = "campaign.continuity")
public interface ContinuityConfig {

    /** How often the apis raise the ledger's generation, and every process compares. A backup younger than this cannot be told. */
    @WithDefault("2s")
    Duration every();
}
