package org.campaignrecovery.model;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Holds a state machine against the design's table, which each test writes down by itself: {@code from -> to to to}, by wire names. */
public final class SuccessorTable {
    private SuccessorTable() {
    }

    public static <E extends Enum<E> & Wire> void assertSuccessors(Class<E> type, Function<E, Set<E>> successors, String... table) {
        var expected = new TreeMap<String, Set<String>>();
        for (String row : table) {
            String[] sides = row.split(" -> ?", -1);
            expected.put(sides[0], new TreeSet<>(Arrays.stream(sides[1].split(" ")).filter(to -> !to.isEmpty()).toList()));
        }
        var actual = new TreeMap<String, Set<String>>();
        for (E state : type.getEnumConstants()) {
            actual.put(state.wire(), successors.apply(state).stream().map(Wire::wire).collect(toCollection(TreeSet::new)));
        }
        assertThat(actual).isEqualTo(expected);
    }

    /** The states that can be reached from {@code first}, itself included. */
    public static <E> Set<E> reachable(E first, Function<E, Set<E>> successors) {
        Set<E> seen = new HashSet<>(Set.of(first));
        Deque<E> todo = new ArrayDeque<>(seen);
        while (!todo.isEmpty()) {
            for (E next : successors.apply(todo.pop())) {
                if (seen.add(next)) {
                    todo.push(next);
                }
            }
        }
        return seen;
    }
}
