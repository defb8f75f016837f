package org.campaignrecovery.model.circuit;

/** How a process gets on with a provider. Times are readings of its monotonic clock, in nanoseconds. */
public sealed interface Circuit {
    Circuit FRESH = new Closed(0);

    /** Messages go. @param failures in a row */
    record Closed(int failures) implements Circuit {
    }

    /**
     * The provider is left alone.
     *
     * @param untilNanos from when on it may be tried again
     * @param openings in a row without a success
     */
    record Open(long untilNanos, int openings) implements Circuit {
    }

    /** One message is on its way, and the others wait for what becomes of it. @param openings as above */
    record Probing(int openings) implements Circuit {
    }
}
