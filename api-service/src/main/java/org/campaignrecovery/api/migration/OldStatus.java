package org.campaignrecovery.api.migration;

import org.campaignrecovery.model.Wire;

/** The statuses of the system before. {@code running} was sending, or had sent and waited for its end date. */
enum OldStatus implements Wire {
    DRAFT("draft"),
    PENDING_APPROVAL("pending_approval"),
    REJECTED("rejected"),
    APPROVED("approved"),
    SCHEDULED("scheduled"),
    PROCESSING("processing"),
    RUNNING("running"),
    PAUSED("paused"),
    COMPLETED("completed"),
    CANCELLED("cancelled"),
    FAILED("failed");

    private final String wire;

    OldStatus(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    boolean ended() {
        return this == COMPLETED || this == CANCELLED || this == FAILED;
    }
}
