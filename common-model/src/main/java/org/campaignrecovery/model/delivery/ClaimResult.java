package org.campaignrecovery.model.delivery;

/** What an acknowledged claim of a group has won. (A claim without an acknowledgement has won nothing: its token is burnt.) */
public enum ClaimResult {
    /** Every member of the group is ours. */
    ALL_MINE,
    /** Some were not pending under our fence: those that carry the token and are {@code sending} are ours, and they must be read. */
    READ_BACK;

    /**
     * @param asked size of the group
     * @param modified the update's modified count
     * @throws IllegalArgumentException if the database claims to have modified more than there are
     */
    public static ClaimResult of(int asked, long modified) {
        if (modified < 0 || modified > asked) {
            throw new IllegalArgumentException("%d of %d claimed".formatted(modified, asked));
        }
        return modified == asked ? ALL_MINE : READ_BACK;
    }
}
