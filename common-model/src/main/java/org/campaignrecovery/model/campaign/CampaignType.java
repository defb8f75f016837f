package org.campaignrecovery.model.campaign;

import org.campaignrecovery.model.Wire;

/** A bulk campaign runs once; a recurring one has many occurrences. */
public enum CampaignType implements Wire {
    BULK("bulk"),
    RECURRING("recurring");

    private final String wire;

    CampaignType(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
