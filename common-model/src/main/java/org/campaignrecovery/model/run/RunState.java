package org.campaignrecovery.model.run;

import static java.util.EnumSet.noneOf;
import static java.util.EnumSet.of;

import java.util.Set;

import org.campaignrecovery.model.Wire;

/**
 * Where a run stands. {@code planning}: its audience is still being read, batches of the pages that are ready already go out.
 * {@code sending}: the last page is written, every batch that the run will ever have exists.
 */
public enum RunState implements Wire {
    PLANNING("planning"),
    SENDING("sending"),
    COMPLETED("completed"),
    CANCELLED("cancelled"),
    FAILED("failed"),
    MISSED("missed");

    private final String wire;

    RunState(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    /** The states that may follow this one; {@code completed → sending} and {@code → planning} only by an operator's order. */
    public Set<RunState> successors() {
        return switch (this) {
            case PLANNING -> of(SENDING, CANCELLED, FAILED);
            case SENDING -> of(COMPLETED, CANCELLED, FAILED);
            case MISSED, FAILED -> of(PLANNING);
            case COMPLETED -> of(SENDING);
            case CANCELLED -> noneOf(RunState.class);
        };
    }

    public boolean canBecome(RunState next) {
        return successors().contains(next);
    }

    /** Whether workers have something to do for a run in this state. */
    public boolean active() {
        return this == PLANNING || this == SENDING;
    }
}
