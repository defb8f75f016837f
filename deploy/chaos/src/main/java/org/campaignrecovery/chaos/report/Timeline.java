package org.campaignrecovery.chaos.report;

import java.util.ArrayList;
import java.util.List;

/** What happened in a round, in order; printed when it fails. Safe for any thread. */
public final class Timeline {
    private final long start = System.nanoTime();
    private final List<String> entries = new ArrayList<>();

    public synchronized void note(String sentence, Object... arguments) {
        entries.add(String.format("%7.2f s  %s", (System.nanoTime() - start) / 1e9, String.format(sentence, arguments)));
        if (System.getenv("CHAOS_VERBOSE") != null) {
            System.err.println(entries.get(entries.size() - 1));
        }
    }

    public synchronized List<String> entries() {
        return List.copyOf(entries);
    }

    /** Seconds since the round began. */
    public double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }
}
