package org.campaignrecovery.api.doctor;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How thoroughly the doctor looks. */
@ConfigMapping(prefix = "campaign.doctor")
public interface DoctorConfig {

    /** A check that takes longer is a failure: what it looks at hangs. */
    @WithDefault("5s")
    Duration timeout();

    /** Of so many campaigns at most the audiences are looked for in the orders. */
    @WithDefault("20")
    int campaigns();

    /** Of so many ids of an audience at most, evenly spread, it is asked whether the orders know them. */
    @WithDefault("1000")
    int sample();

    /** More events than this that a group has not heard yet are worth a warning. */
    @WithDefault("1000")
    long lag();
}
