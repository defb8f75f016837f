package org.campaignrecovery.api.backlog;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * For how long nothing has changed in what is open of a run, as one observer sees it, on its monotonic clock. A run that is over or rests
 * is forgotten, and observed anew when it goes on.
 */
final class Standstill {
    private Map<String, Seen> seen = Map.of();

    /** @param shape of what is open; another one is progress */
    private record Seen(Object shape, long sinceNanos) {
    }

    /**
     * The longest standstill of these runs.
     *
     * @param runs that ought to get on
     * @param open what could be worked on now
     */
    Duration look(Set<String> runs, List<OpenWork> open, long nanos) {
        Map<String, Set<OpenWork>> shapes = open.stream().collect(Collectors.groupingBy(OpenWork::run, Collectors.toSet()));
        Map<String, Seen> now = new HashMap<>();
        for (String run : runs) {
            Set<OpenWork> shape = shapes.getOrDefault(run, Set.of());
            Seen before = seen.get(run);
            now.put(run, before != null && Objects.equals(before.shape, shape) ? before : new Seen(shape, nanos));
        }
        seen = now;
        return now.values().stream().map(one -> Duration.ofNanos(nanos - one.sinceNanos)).max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** The ledger could not be read: what was observed before says nothing about now. */
    void gap() {
        seen = Map.of();
    }
}
