package org.campaignrecovery.model.batch;

/**
 * When a batch is put aside instead of leased once more. A message that kills every process that touches it would otherwise kill one after
 * the other, for ever; the batch waits for a person then, and its run with it.
 */
public final class Parking {
    /** So many leases in a row may die without progress; there is no further one. */
    public static final int FRUITLESS_LEASES = 5;

    private Parking() {
    }

    /**
     * Whether the batch is to be parked rather than taken.
     *
     * @param seen {@link BatchState#LEASED} when its owner was found dead
     * @param fruitless how many leases have died without progress, the one that was seen aside; null for none
     */
    public static boolean isDue(BatchState seen, Integer fruitless) {
        int dead = (fruitless == null ? 0 : fruitless) + (seen == BatchState.LEASED ? 1 : 0);
        return dead >= FRUITLESS_LEASES;
    }
}
