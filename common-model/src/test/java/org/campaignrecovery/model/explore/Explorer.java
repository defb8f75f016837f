package org.campaignrecovery.model.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Visits every state that a system can reach, breadth first, and looks at each: whatever the interleaving, the property holds, and from
 * everywhere some way leads to a good end.
 *
 * @param <S> immutable, with equality by value
 */
final class Explorer<S> {
    private static final int MOST_STATES = 6_000_000;

    private final Function<S, List<Step<S>>> next;
    private final Function<S, Optional<String>> violation;
    private final Predicate<S> good;

    /** One thing that can happen. */
    record Step<S>(String name, S to) {
    }

    /**
     * What came of it.
     *
     * @param violation null when every property holds
     * @param schedule the shortest way to the violation
     */
    record Result(String violation, List<String> schedule, int states) {

        @Override
        public String toString() {
            return "%d states: %s%n%s".formatted(states, violation == null ? "every property holds" : violation,
                    String.join(System.lineSeparator(), schedule));
        }
    }

    private record Origin<S>(S from, String step) {
    }

    Explorer(Function<S, List<Step<S>>> next, Function<S, Optional<String>> violation, Predicate<S> good) {
        this.next = next;
        this.violation = violation;
        this.good = good;
    }

    Result explore(S start) {
        Map<S, Origin<S>> origins = new HashMap<>();
        Map<S, List<S>> back = new HashMap<>();
        Deque<S> queue = new ArrayDeque<>(List.of(start));
        List<S> goods = new ArrayList<>();
        origins.put(start, new Origin<>(null, "start"));
        while (!queue.isEmpty()) {
            S state = queue.remove();
            Optional<String> bad = violation.apply(state);
            if (bad.isPresent()) {
                return new Result(bad.get(), schedule(origins, state), origins.size());
            }
            if (good.test(state)) {
                goods.add(state);
            }
            for (Step<S> step : next.apply(state)) {
                back.computeIfAbsent(step.to, to -> new ArrayList<>(2)).add(state);
                if (origins.putIfAbsent(step.to, new Origin<>(state, step.name)) == null) {
                    queue.add(step.to);
                }
            }
            if (origins.size() > MOST_STATES) {
                throw new IllegalStateException("more than %,d states: make the system smaller".formatted(MOST_STATES));
            }
        }
        return stuck(origins, back, goods).map(state -> new Result("stuck: no way leads to a good end", schedule(origins, state),
                origins.size())).orElseGet(() -> new Result(null, List.of(), origins.size()));
    }

    private Optional<S> stuck(Map<S, Origin<S>> origins, Map<S, List<S>> back, List<S> goods) {
        Set<S> alive = new HashSet<>(goods);
        Deque<S> todo = new ArrayDeque<>(goods);
        while (!todo.isEmpty()) {
            for (S before : back.getOrDefault(todo.remove(), List.of())) {
                if (alive.add(before)) {
                    todo.add(before);
                }
            }
        }
        return origins.keySet().stream().filter(state -> !alive.contains(state)).findFirst();
    }

    private List<String> schedule(Map<S, Origin<S>> origins, S end) {
        Deque<String> steps = new ArrayDeque<>();
        for (Origin<S> origin = origins.get(end); origin.from != null; origin = origins.get(origin.from)) {
            steps.addFirst(origin.step);
        }
        return List.copyOf(steps);
    }

    /** Collects what can happen in a state. */
    static final class Steps<S> implements BiConsumer<String, S> {
        private final List<Step<S>> steps = new ArrayList<>();

        @Override
        public void accept(String name, S to) {
            steps.add(new Step<>(name, to));
        }

        List<Step<S>> list() {
            return steps;
        }
    }
}
