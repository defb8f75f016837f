package org.campaignrecovery.ledger.presence;

import org.campaignrecovery.model.Wire;

/**
 * Whether a process reaches something that it needs.
 *
 * @param sentence what is wrong, or why it is off; null when all is well
 */
public record Reach(State state, String sentence) {

    /** What came of looking. */
    public enum State implements Wire {
        OK("ok"),
        /** Nobody wants it to be reached: it is not configured. */
        OFF("off"),
        FAILED("failed");

        private final String wire;

        State(String wire) {
            this.wire = wire;
        }

        @Override
        public String wire() {
            return wire;
        }
    }

    public static Reach ok() {
        return new Reach(State.OK, null);
    }

    public static Reach off(String sentence) {
        return new Reach(State.OFF, sentence);
    }

    public static Reach failed(String sentence) {
        return new Reach(State.FAILED, sentence);
    }
}
