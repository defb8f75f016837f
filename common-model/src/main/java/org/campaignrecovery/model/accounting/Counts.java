package org.campaignrecovery.model.accounting;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.delivery.DeliveryState;

/**
 * How many deliveries are in each state: a whole vector, never a difference. Its sum is the number planned, which is promise P2:
 * {@code planned = pending + sending + retry_wait + sent + failed + suppressed + cancelled + in_doubt}. Immutable.
 */
public final class Counts {
    public static final Counts NONE = new Counts(new EnumMap<>(DeliveryState.class));

    private final EnumMap<DeliveryState, Long> byState;

    private Counts(EnumMap<DeliveryState, Long> byState) {
        this.byState = byState;
    }

    /** {@code n} deliveries, all in {@code state}. */
    public static Counts of(DeliveryState state, long n) {
        return NONE.plus(state, n);
    }

    /** The vector of the given states, one delivery each. */
    public static Counts ofStates(Iterable<DeliveryState> states) {
        EnumMap<DeliveryState, Long> sum = new EnumMap<>(DeliveryState.class);
        for (DeliveryState state : states) {
            sum.merge(state, 1L, Long::sum);
        }
        return new Counts(sum);
    }

    /**
     * The vector that {@link #toWire()} wrote; missing states are zero.
     *
     * @throws IllegalArgumentException for an unknown state or a negative number
     */
    public static Counts fromWire(Map<String, ? extends Number> wire) {
        Counts counts = NONE;
        for (var entry : wire.entrySet()) {
            counts = counts.plus(Wire.parse(DeliveryState.class, entry.getKey()), entry.getValue().longValue());
        }
        return counts;
    }

    public long get(DeliveryState state) {
        return byState.getOrDefault(state, 0L);
    }

    /** The number planned: the sum over all states. */
    public long planned() {
        return byState.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The number on which work still goes on. */
    public long open() {
        return DeliveryState.OPEN.stream().mapToLong(this::get).sum();
    }

    /** @throws IllegalArgumentException if the result would be negative */
    public Counts plus(DeliveryState state, long n) {
        EnumMap<DeliveryState, Long> sum = new EnumMap<>(byState);
        long now = get(state) + n;
        if (now < 0) {
            throw new IllegalArgumentException("a count cannot be negative: " + state.wire() + " " + now);
        }
        sum.put(state, now);
        return new Counts(sum);
    }

    public Counts plus(Counts other) {
        Counts sum = this;
        for (var entry : other.byState.entrySet()) {
            sum = sum.plus(entry.getKey(), entry.getValue());
        }
        return sum;
    }

    /** {@code n} deliveries went from one state to another; the sum stays. */
    public Counts moved(DeliveryState from, DeliveryState to, long n) {
        return plus(from, -n).plus(to, n);
    }

    /** All eight columns by wire name, zeros included. */
    public Map<String, Long> toWire() {
        Map<String, Long> wire = new LinkedHashMap<>();
        for (DeliveryState state : DeliveryState.values()) {
            wire.put(state.wire(), get(state));
        }
        return wire;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Counts that && toWire().equals(that.toWire());
    }

    @Override
    public int hashCode() {
        return toWire().hashCode();
    }

    @Override
    public String toString() {
        return toWire().toString();
    }
}
