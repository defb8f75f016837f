package org.campaignrecovery.model.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class SentSpanTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void reachesFromTheEarliestToTheLatest() {
        assertThat(SentSpan.of(Stream.of(NOON.plusSeconds(5), null, NOON, NOON.plusSeconds(9))))
                .isEqualTo(new SentSpan(NOON, NOON.plusSeconds(9)));
    }

    @Test
    void nothingAddsNothing() {
        SentSpan span = new SentSpan(NOON, NOON.plusSeconds(1));
        assertThat(SentSpan.of(Stream.empty())).isEqualTo(SentSpan.NONE);
        assertThat(SentSpan.NONE.plus(span)).isEqualTo(span);
        assertThat(span.plus(SentSpan.NONE)).isEqualTo(span);
    }
}
