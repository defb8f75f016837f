package org.campaignrecovery.chaos.fault;

/** Something that goes wrong. Returns when it is over: what it has taken away is back, or on its way. */
public interface Fault {

    void strike(Play play);
}
