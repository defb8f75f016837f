package org.campaignrecovery.model.consent;

import org.campaignrecovery.model.Wire;

/** Why an address is never sent to. */
public enum SuppressionReason implements Wire {
    /** Its owner used the link of an e-mail or an SMS. */
    UNSUBSCRIBED("unsubscribed"),
    /** Its owner answered an SMS with STOP; START takes it back. */
    STOP("stop"),
    /** Its owner complained, or reported a message as spam. */
    COMPLAINT("complaint"),
    /** Nothing can be delivered there. */
    BOUNCE("bounce"),
    /** Somebody of ours decided so. */
    OPERATOR("operator");

    private final String wire;

    SuppressionReason(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
