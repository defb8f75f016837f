package org.campaignrecovery.model;

import java.util.Arrays;

/** A value with a stable name: the one that documents, events and the API carry. Renaming a Java constant never changes it. */
public interface Wire {

    /** The name as stored and transmitted, for instance {@code in_doubt}. */
    String wire();

    /**
     * The constant of {@code type} whose wire name is {@code name}.
     *
     * @throws IllegalArgumentException if there is none; the message lists the known names
     */
    static <E extends Enum<E> & Wire> E parse(Class<E> type, String name) {
        for (E constant : type.getEnumConstants()) {
            if (constant.wire().equals(name)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("'%s' is not one of %s".formatted(name,
                Arrays.stream(type.getEnumConstants()).map(Wire::wire).toList()));
    }
}
