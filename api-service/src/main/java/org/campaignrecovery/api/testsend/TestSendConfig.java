package org.campaignrecovery.api.testsend;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Test messages. */
@ConfigMapping(prefix = "campaign.test-send")
interface TestSendConfig {

    /** How many a user may send an hour: nobody approves them, so they must not become a way to write to many. */
    @WithDefault("60")
    int perHour();

    /** How long a request waits for a worker to have sent it. */
    @WithDefault("10s")
    Duration waitFor();

    /** How long they are kept, to be looked at. */
    @WithDefault("7d")
    Duration kept();
}
