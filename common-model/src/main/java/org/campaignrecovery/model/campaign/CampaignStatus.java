package org.campaignrecovery.model.campaign;

import static java.util.EnumSet.noneOf;
import static java.util.EnumSet.of;

import java.util.Set;

import org.campaignrecovery.model.Wire;

/**
 * Where a campaign stands. {@link #successors()} is the design's table; every persisted change is a guarded update along it.
 * {@code processing} sends; {@code running} has sent everything and waits for its end date.
 */
public enum CampaignStatus implements Wire {
    DRAFT("draft"),
    PENDING_APPROVAL("pending_approval"),
    REJECTED("rejected"),
    APPROVED("approved"),
    SCHEDULED("scheduled"),
    PROCESSING(
            "processing"),
    RUNNING("running"),
    PAUSED("paused"),
    MISSED("missed"),
    FAILED("failed"),
    COMPLETED("completed"),
    CANCELLED(
            "cancelled");

    private final String wire;

    CampaignStatus(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    /** The statuses that may follow this one. */
    public Set<CampaignStatus> successors() {
        return switch (this) {
            case DRAFT -> of(PENDING_APPROVAL, CANCELLED);
            case PENDING_APPROVAL -> of(APPROVED, REJECTED, DRAFT, CANCELLED);
            case REJECTED -> of(DRAFT, CANCELLED);
            case APPROVED -> of(SCHEDULED, CANCELLED);
            case SCHEDULED -> of(PROCESSING, MISSED, PAUSED, CANCELLED);
            case PROCESSING -> of(RUNNING, COMPLETED, SCHEDULED, FAILED, PAUSED, CANCELLED);
            case RUNNING -> of(COMPLETED, CANCELLED);
            case PAUSED -> of(SCHEDULED, PROCESSING, CANCELLED);
            case MISSED, FAILED -> of(PROCESSING, CANCELLED);
            case COMPLETED, CANCELLED -> noneOf(CampaignStatus.class);
        };
    }

    public boolean canBecome(CampaignStatus next) {
        return successors().contains(next);
    }
}
