package org.campaignrecovery.model.delivery;

import static java.util.EnumSet.noneOf;
import static java.util.EnumSet.of;

import java.util.EnumSet;
import java.util.Set;

import org.campaignrecovery.model.Wire;

/** Where one message to one address stands. The wire names are the accounting's columns. */
public enum DeliveryState implements Wire {
    PENDING("pending"),
    SENDING("sending"),
    RETRY_WAIT("retry_wait"),
    SENT("sent"),
    FAILED("failed"),
    SUPPRESSED("suppressed"),
    CANCELLED(
            "cancelled"),
    IN_DOUBT("in_doubt");

    /** States from which work still leads on; a batch that holds one cannot close. */
    public static final Set<DeliveryState> OPEN = Set.copyOf(of(PENDING, SENDING, RETRY_WAIT));

    /** States in which a batch may close. */
    public static final Set<DeliveryState> CLOSED = Set.copyOf(EnumSet.complementOf(of(PENDING, SENDING, RETRY_WAIT)));

    private final String wire;

    DeliveryState(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    /** The states that may follow this one; in doubt without having been claimed only when the ledger was restored from a backup. */
    public Set<DeliveryState> successors() {
        return switch (this) {
            case PENDING -> of(SENDING, SUPPRESSED, CANCELLED, FAILED, SENT, IN_DOUBT);
            case SENDING -> of(SENT, FAILED, RETRY_WAIT, IN_DOUBT, PENDING, SUPPRESSED, CANCELLED);
            case RETRY_WAIT -> of(PENDING, FAILED, CANCELLED, SENT, IN_DOUBT);
            case IN_DOUBT -> of(SENT, FAILED, PENDING);
            case FAILED -> of(PENDING);
            case CANCELLED -> of(SENT);
            case SENT, SUPPRESSED -> noneOf(DeliveryState.class);
        };
    }

    public boolean canBecome(DeliveryState next) {
        return successors().contains(next);
    }

    public boolean open() {
        return OPEN.contains(this);
    }
}
