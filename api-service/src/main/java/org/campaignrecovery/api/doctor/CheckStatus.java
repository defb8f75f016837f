package org.campaignrecovery.api.doctor;

import org.campaignrecovery.model.Wire;

/** How a part of the system is; the later, the worse. */
enum CheckStatus implements Wire {
    OK("ok"),
    /** It works, but somebody should look. */
    WARNING("warning"),
    /** Something does not work, or cannot be told. */
    FAILURE("failure");

    private final String wire;

    CheckStatus(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
