package org.campaignrecovery.model.address;

import java.util.Optional;

/**
 * What a customer's raw contact value comes to on a channel.
 *
 * @param kind whether there is a value at all, and whether it is an address
 * @param address the normalised address when {@code VALID}, otherwise null
 */
public record Normalised(Kind kind, String address) {
    public static final Normalised NONE = new Normalised(Kind.NONE, null);
    public static final Normalised INVALID = new Normalised(Kind.INVALID, null);

    public Normalised {
        if ((kind == Kind.VALID) != (address != null)) {
            throw new IllegalArgumentException("a valid address has a text, and nothing else has");
        }
    }

    /** Maps one to one to delivery, {@code noAddress} and {@code invalidAddress} of the accounting. */
    public enum Kind {
        /** No value, or a blank one. */
        NONE,
        /** A value that cannot be an address. */
        INVALID,
        VALID
    }

    static Normalised valid(String address) {
        return new Normalised(Kind.VALID, address);
    }

    static Normalised of(Optional<String> address) {
        return address.map(Normalised::valid).orElse(INVALID);
    }

    public boolean isValid() {
        return kind == Kind.VALID;
    }
}
