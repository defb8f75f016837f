package org.campaignrecovery.ledger.presence;

/** What a process knows of itself; each service has one. */
public interface SelfDescription {

    /** {@link PresenceDocument#API} or {@link PresenceDocument#WORKER}. */
    String service();

    /** Whether it starts campaigns (api) or hears events (worker). */
    boolean schedulers();

    /** Whether it finishes what others began. */
    boolean sweeps();
}
