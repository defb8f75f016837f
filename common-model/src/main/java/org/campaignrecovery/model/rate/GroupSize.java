package org.campaignrecovery.model.rate;

/**
 * How many messages are a group under a rate. A group begins at once, so at 50 messages a second one of 16 more or less is 3 % of ten
 * seconds, and as much is lost with a process that dies just before it. Half a group is the least: at low rates a provider that takes a
 * second for each message must be kept busy, too.
 */
public final class GroupSize {
    private static final int MILLIS = 160;
    private static final int SECOND = 1_000;

    private GroupSize() {
    }

    /** @param most without a rate, at least 1 */
    public static int under(int perSecond, int most) {
        long begun = (long) perSecond * MILLIS / SECOND;
        return (int) Math.max((most + 1) / 2, Math.min(most, begun));
    }
}
