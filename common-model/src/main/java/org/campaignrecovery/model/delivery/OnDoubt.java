package org.campaignrecovery.model.delivery;

import org.campaignrecovery.model.Wire;

/** What becomes of a message whose outcome cannot be known: an operator decides, or it is sent again, marked. */
public enum OnDoubt implements Wire {
    HOLD("hold"),
    RESEND("resend");

    private final String wire;

    OnDoubt(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
