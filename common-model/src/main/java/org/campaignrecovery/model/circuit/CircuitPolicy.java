package org.campaignrecovery.model.circuit;

import java.time.Duration;

import org.campaignrecovery.model.circuit.Circuit.Closed;
import org.campaignrecovery.model.circuit.Circuit.Open;
import org.campaignrecovery.model.circuit.Circuit.Probing;

/**
 * When a provider is left alone and when it is tried again. After {@code failures} in a row it is left alone for {@code first}; then one
 * message probes it, and each probe that fails doubles the time, up to {@code longest}.
 *
 * @param failures at least 1
 */
public record CircuitPolicy(int failures, Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 20;

    public CircuitPolicy {
        if (failures < 1) {
            throw new IllegalArgumentException("at least one failure opens a circuit, not " + failures);
        }
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "the time for which a provider is left alone must grow from more than nothing, not from %s to %s".formatted(first,
                            longest));
        }
    }

    /**
     * The provider did not do its work, whatever the message was.
     *
     * @param atLeast what it asked for itself, zero for nothing
     */
    public Circuit failed(Circuit circuit, long nowNanos, Duration atLeast) {
        if (circuit instanceof Closed closed) {
            return closed.failures() + 1 < failures ? new Closed(closed.failures() + 1) : open(1, nowNanos, atLeast);
        }
        return circuit instanceof Probing probing ? open(probing.openings() + 1, nowNanos, atLeast) : circuit;
    }

    /** The provider answered. Where it is left alone this is about something older, and proves nothing. */
    public Circuit succeeded(Circuit circuit) {
        return circuit instanceof Open ? circuit : Circuit.FRESH;
    }

    /** Whether a message may be the probe. */
    public boolean mayProbe(Circuit circuit, long nowNanos) {
        return circuit instanceof Open open && nowNanos - open.untilNanos() >= 0;
    }

    /** The same circuit with its probe on its way. */
    public Circuit probed(Circuit circuit) {
        return circuit instanceof Open open ? new Probing(open.openings()) : circuit;
    }

    /** The probe came to nothing, neither good nor bad: the next one may go at once. */
    public Circuit unproven(Circuit circuit, long nowNanos) {
        return circuit instanceof Probing probing ? new Open(nowNanos, probing.openings()) : circuit;
    }

    /** How long nothing will be let through; while a probe is on its way, at a guess. */
    public Duration pause(Circuit circuit, long nowNanos) {
        if (circuit instanceof Open open) {
            return Duration.ofNanos(Math.max(0, open.untilNanos() - nowNanos));
        }
        return circuit instanceof Probing ? first : Duration.ZERO;
    }

    private Circuit open(int openings, long nowNanos, Duration atLeast) {
        Duration own = first;
        for (int i = 1; i < Math.min(openings, MOST_DOUBLINGS) && own.compareTo(longest) < 0; i++) {
            own = own.multipliedBy(2);
        }
        own = own.compareTo(longest) > 0 ? longest : own;
        return new Open(nowNanos + (own.compareTo(atLeast) > 0 ? own : atLeast).toNanos(), openings);
    }
}
