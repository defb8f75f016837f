package org.campaignrecovery.worker.planning;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.StartupEvent;

/** A page is one document with all that is known of its customers, and MongoDB takes 16 MB: with larger pages no planning would ever end. */
@ApplicationScoped
class PageLimits {
    /** With more than a kilobyte for each. */
    static final int MOST = 12_000;

    /** A worker with pages that cannot be does not start. */
    void check(@Observes StartupEvent event, PlanningConfig config) {
        require("first-page", config.firstPage());
        require("page", config.page());
    }

    static void require(String name, int customers) {
        if (customers < 1 || customers > MOST) {
            throw new IllegalArgumentException(
                    "campaign.planning.%s is %d: give a number of customers from 1 to %d".formatted(name, customers, MOST));
        }
    }
}
