package org.campaignrecovery.api.problem;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.campaignrecovery.model.Wire;

/** Reads query parameters whose values have names. */
public final class NamedValue {

    private NamedValue() {
    }

    /** The value of that name; null when none is given. Another name is a problem that tells those that are known. */
    public static <E extends Enum<E> & Wire> E of(Class<E> type, String parameter, String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants()).filter(value -> value.wire().equals(name)).findFirst()
                .orElseThrow(() -> ProblemType.BAD_REQUEST.problem("%s must be among %s".formatted(parameter,
                        Arrays.stream(type.getEnumConstants()).map(Wire::wire).collect(Collectors.joining(", ")))));
    }
}
