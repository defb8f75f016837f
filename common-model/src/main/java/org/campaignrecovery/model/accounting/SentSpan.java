package org.campaignrecovery.model.accounting;

import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * When the first and the last of some messages were accepted.
 *
 * @param first null, as {@code last}, when none was
 */
public record SentSpan(Instant first, Instant last) {
    public static final SentSpan NONE = new SentSpan(null, null);

    /** From the earliest to the latest of these; nulls among them count for nothing. */
    public static SentSpan of(Stream<Instant> accepted) {
        return accepted.filter(Objects::nonNull).map(at -> new SentSpan(at, at)).reduce(NONE, SentSpan::plus);
    }

    public SentSpan plus(SentSpan other) {
        return new SentSpan(known(first, other.first).min(Comparator.naturalOrder()).orElse(null),
                known(last, other.last).max(Comparator.naturalOrder()).orElse(null));
    }

    private static Stream<Instant> known(Instant... instants) {
        return Stream.of(instants).filter(Objects::nonNull);
    }
}
