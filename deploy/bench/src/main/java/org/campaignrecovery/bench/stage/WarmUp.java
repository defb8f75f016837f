package org.campaignrecovery.bench.stage;

import java.io.IOException;

/**
 * What is up in production has sent before: whoever is measured sends in rounds first, until a round is less than a tenth faster than the best
 * before it. The same rule for all that are compared.
 */
public final class WarmUp {
    /** Messages in a round, at most. */
    public static final int ROUND = 10_000;
    private static final int MOST_ROUNDS = 8;
    private static final double STILL_WARMING = 1.1;

    private WarmUp() {
    }

    /** Sends a round. */
    @FunctionalInterface
    public interface Round {
        /** @return messages a second */
        double send() throws IOException;
    }

    /** @return messages a second of the first round, when nothing was warm */
    public static double with(Round round) throws IOException {
        double first = round.send();
        double best = first;
        for (int n = 1; n < MOST_ROUNDS; n++) {
            double next = round.send();
            if (next < best * STILL_WARMING) {
                break;
            }
            best = next;
        }
        return first;
    }
}
