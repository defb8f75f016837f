package org.campaignrecovery.api.notification;

import java.util.Optional;

import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.campaign.CampaignStatus;

/** What is told. The names are part of the contract with receivers: they never change. */
public enum NotificationKind implements Wire {
    STARTED("campaign.started"),
    /** An occurrence is over: the campaign is completed, waits for its end date or for its next occurrence. */
    COMPLETED("campaign.completed"),
    PAUSED("campaign.paused"),
    MISSED("campaign.missed"),
    FAILED("campaign.failed"),
    CANCELLED("campaign.cancelled"),
    /** The first message of a run is in doubt. */
    IN_DOUBT("run.in_doubt");

    private final String wire;

    NotificationKind(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    /** What a change of status is worth telling; empty for what authors and managers do at their desks. */
    static Optional<NotificationKind> of(AuditDocument change) {
        if (change.from() == change.to() || change.to() == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(switch (change.to()) {
            case PROCESSING -> change.from() == CampaignStatus.PAUSED ? null : STARTED;
            case COMPLETED, RUNNING -> change.from() == CampaignStatus.PROCESSING ? COMPLETED : null;
            case SCHEDULED -> change.from() == CampaignStatus.PROCESSING ? COMPLETED : null;
            case PAUSED -> PAUSED;
            case MISSED -> MISSED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
            default -> null;
        });
    }
}
