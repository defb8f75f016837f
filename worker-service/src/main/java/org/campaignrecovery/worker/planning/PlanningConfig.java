package org.campaignrecovery.worker.planning;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Planning of runs. */
@ConfigMapping(prefix = "campaign.planning")
public interface PlanningConfig {

    /** Customers of the first page: small, so that sending starts with it at once. */
    @WithDefault("50")
    int firstPage();

    /** Customers of every further page. */
    @WithDefault("500")
    int page();

    /** Batches of a run that may be open at once, so that a huge campaign does not starve a small one. */
    @WithDefault("64")
    int window();

    /** How long a planner waits before it looks at a full window again. */
    @WithDefault("250ms")
    Duration windowPoll();

    /** Pages that a process plans at once, over all runs. */
    @WithDefault("4")
    int slots();

    /** How often the audience is tried to be read before the run fails. */
    @WithDefault("10")
    int readAttempts();
}
