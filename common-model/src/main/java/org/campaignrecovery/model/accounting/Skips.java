package org.campaignrecovery.model.accounting;

/**
 * Customers of an audience who get no delivery on a channel, by reason. A customer without orders counts under {@code noAddress}.
 *
 * @param noAddress no non-blank value is known
 * @param invalidAddress the value cannot be an address
 * @param duplicateAddress another customer of the run has the same normalised address
 */
public record Skips(long noAddress, long invalidAddress, long duplicateAddress) {
    public static final Skips NONE = new Skips(0, 0, 0);

    public Skips plus(Skips other) {
        return new Skips(noAddress + other.noAddress, invalidAddress + other.invalidAddress, duplicateAddress + other.duplicateAddress);
    }

    public Skips plusDuplicates(long n) {
        return new Skips(noAddress, invalidAddress, duplicateAddress + n);
    }
}
