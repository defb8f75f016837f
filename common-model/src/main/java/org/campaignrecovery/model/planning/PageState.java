package org.campaignrecovery.model.planning;

import org.campaignrecovery.model.Wire;

/** {@code planning}: frozen, its deliveries may not all exist. {@code planned}: its batches exist. {@code end}: there is no further page. */
public enum PageState implements Wire {
    PLANNING("planning"),
    PLANNED("planned"),
    END("end");

    private final String wire;

    PageState(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
