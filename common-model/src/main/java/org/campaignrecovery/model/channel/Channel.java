package org.campaignrecovery.model.channel;

import org.campaignrecovery.model.Wire;

/** The way by which a message reaches a customer. */
public enum Channel implements Wire {
    EMAIL("email"),
    SMS("sms");

    private final String wire;

    Channel(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
