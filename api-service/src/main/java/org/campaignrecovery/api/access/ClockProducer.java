package org.campaignrecovery.api.access;

import java.time.Clock;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** This machine's clock, for what concerns this machine only: sessions and log-ins. What the ledger keeps is timed by the ledger's. */
@Singleton
class ClockProducer {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
