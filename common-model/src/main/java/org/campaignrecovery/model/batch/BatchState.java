package org.campaignrecovery.model.batch;

import static java.util.EnumSet.of;

import java.util.Set;

import org.campaignrecovery.model.Wire;

/** Where a batch stands: waiting for a worker, leased by one, or closed. */
public enum BatchState implements Wire {
    READY("ready"),
    LEASED("leased"),
    DONE("done");

    private final String wire;

    BatchState(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    /** The states that may follow this one; {@code done → ready} only by an operator's order. */
    public Set<BatchState> successors() {
        return switch (this) {
            case READY -> of(LEASED);
            case LEASED -> of(DONE, READY, LEASED);
            case DONE -> of(READY);
        };
    }

    public boolean canBecome(BatchState next) {
        return successors().contains(next);
    }
}
