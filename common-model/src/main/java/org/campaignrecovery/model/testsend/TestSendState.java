package org.campaignrecovery.model.testsend;

import org.campaignrecovery.model.Wire;

/** Where a test message stands. It belongs to no run and is counted nowhere. */
public enum TestSendState implements Wire {
    REQUESTED("requested"),
    SENDING("sending"),
    SENT("sent"),
    FAILED("failed"),
    /** Nobody can know whether the provider has it. Never sent again. */
    IN_DOUBT("in_doubt");

    private final String wire;

    TestSendState(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    /** Nothing will change any more. */
    public boolean isEnd() {
        return switch (this) {
            case REQUESTED, SENDING -> false;
            case SENT, FAILED, IN_DOUBT -> true;
        };
    }
}
