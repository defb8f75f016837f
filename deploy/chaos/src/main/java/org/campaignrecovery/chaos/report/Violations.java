package org.campaignrecovery.chaos.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What contradicts an invariant, with its number in docs/chaos.md. Of many alike a few are kept. Safe for any thread. */
public final class Violations {
    private static final int KEPT = 5;

    private final Timeline timeline;
    private final Map<Integer, Integer> counts = new TreeMap<>();
    private final List<String> sentences = new ArrayList<>();

    public Violations(Timeline timeline) {
        this.timeline = timeline;
    }

    public synchronized void add(int invariant, String sentence, Object... arguments) {
        int count = counts.merge(invariant, 1, Integer::sum);
        if (count <= KEPT) {
            String said = invariant + ": " + String.format(sentence, arguments);
            sentences.add(said);
            timeline.note("VIOLATION of %s", said);
        }
    }

    public synchronized List<String> sentences() {
        List<String> all = new ArrayList<>(sentences);
        counts.forEach((invariant, count) -> {
            if (count > KEPT) {
                all.add("%d: %d more like these".formatted(invariant, count - KEPT));
            }
        });
        return all;
    }

    public synchronized boolean none() {
        return counts.isEmpty();
    }
}
