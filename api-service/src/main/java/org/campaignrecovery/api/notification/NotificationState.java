package org.campaignrecovery.api.notification;

import org.campaignrecovery.model.Wire;

/** Where a notification stands. */
public enum NotificationState implements Wire {
    PENDING("pending"),
    DELIVERED("delivered"),
    GIVEN_UP("given_up");

    private final String wire;

    NotificationState(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }
}
