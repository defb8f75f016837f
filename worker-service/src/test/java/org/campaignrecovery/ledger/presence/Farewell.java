package org.campaignrecovery.ledger.presence;

import jakarta.enterprise.inject.spi.CDI;

import io.quarkus.runtime.ShutdownEvent;

/** What a process does about its presence when it is told to stop. */
public final class Farewell {

    private Farewell() {
    }

    public static void say() throws InterruptedException {
        CDI.current().select(Presence.class).get().stop(new ShutdownEvent());
    }
}
