package org.campaignrecovery.api.schedule;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** When this process starts campaigns. */
@ConfigMapping(prefix = "campaign.schedule")
public interface ScheduleConfig {

    /** ENABLE_SCHEDULERS: false stops the due check and the sweeps of this process; the API and a manual recover still work. */
    @WithDefault("true")
    boolean enabled();

    /** How often the ledger is asked for due campaigns. */
    @WithDefault("PT1S")
    Duration every();

    /** Campaigns due within this time are waited for, so that they start at their very instant. */
    @WithDefault("PT1.5S")
    Duration lookAhead();

    /** The region of phone numbers without a country code (DEFAULT_REGION), frozen in each run. */
    @WithDefault("US")
    String defaultRegion();
}
