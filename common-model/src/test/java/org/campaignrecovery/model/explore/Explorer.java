package org.campaignrecovery.model.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final int MOST_STATES = 1_500_000;

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

    Explorer(Function<S, List<Step<S>>> next, Function<S, Optional<String>> violation, Predicate<S> good) {
        this.next = next;
        this.violation = violation;
        this.good = good;
    }

    Result explore(S start) {
        Visited<S> visited = new Visited<>();
        visited.reach(start, 0, "start");
        BitSet goods = new BitSet();
        for (int at = 0; at < visited.count(); at++) {
            S state = visited.states.get(at);
            Optional<String> bad = violation.apply(state);
            if (bad.isPresent()) {
                return new Result(bad.get(), visited.schedule(at), visited.count());
            }
            goods.set(at, good.test(state));
            for (Step<S> step : next.apply(state)) {
                visited.reach(step.to, at, step.name);
            }
            if (visited.count() > MOST_STATES) {
                throw new IllegalStateException("more than %,d states: make the system smaller".formatted(MOST_STATES));
            }
        }
        int stuck = visited.leadingTo(goods).nextClearBit(0);
        return stuck < visited.count()
                ? new Result("stuck: no way leads to a good end", visited.schedule(stuck), visited.count())
                : new Result(null, List.of(), visited.count());
    }

    /** The states by the order in which they were found, how each was found first, and every step between two of them. */
    private static final class Visited<S> {
        private final Map<S, Integer> numbers = new HashMap<>();
        private final List<S> states = new ArrayList<>();
        private final List<String> steps = new ArrayList<>();
        private final List<Integer> origins = new ArrayList<>();
        private int[] from = new int[1 << 16];
        private int[] to = new int[1 << 16];
        private int edges;

        int count() {
            return states.size();
        }

        void reach(S state, int origin, String step) {
            Integer known = numbers.putIfAbsent(state, states.size());
            int number = known == null ? states.size() : known;
            if (known == null) {
                states.add(state);
                steps.add(step);
                origins.add(origin);
            }
            if (edges == from.length) {
                from = Arrays.copyOf(from, 2 * edges);
                to = Arrays.copyOf(to, 2 * edges);
            }
            from[edges] = origin;
            to[edges++] = number;
        }

        /** The states from which some way leads to one of {@code goods}. */
        BitSet leadingTo(BitSet goods) {
            int[] first = new int[count() + 2];
            for (int edge = 0; edge < edges; edge++) {
                first[to[edge] + 2]++;
            }
            for (int state = 1; state < first.length; state++) {
                first[state] += first[state - 1];
            }
            int[] before = new int[edges];
            for (int edge = 0; edge < edges; edge++) {
                before[first[to[edge] + 1]++] = from[edge];
            }
            BitSet alive = (BitSet) goods.clone();
            int[] todo = Arrays.copyOf(goods.stream().toArray(), count());
            for (int left = goods.cardinality(); left > 0;) {
                int state = todo[--left];
                for (int i = first[state]; i < first[state + 1]; i++) {
                    if (!alive.get(before[i])) {
                        alive.set(before[i]);
                        todo[left++] = before[i];
                    }
                }
            }
            return alive;
        }

        List<String> schedule(int end) {
            Deque<String> schedule = new ArrayDeque<>();
            for (int at = end; at != 0; at = origins.get(at)) {
                schedule.addFirst(steps.get(at));
            }
            return List.copyOf(schedule);
        }
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
