package org.campaignrecovery.bench.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrivalsTest {
    private static final long SECOND = 1_000_000;

    @TempDir
    Path directory;

    /** So many of them, 50 a second. */
    private static LongStream steady(int messages, long from) {
        return LongStream.range(0, messages).map(n -> from + n * SECOND / 50);
    }

    private static Arrivals of(LongStream... parts) {
        return new Arrivals(LongStream.concat(parts[0], parts.length > 1 ? parts[1] : LongStream.empty()).sorted().toArray());
    }

    @Test
    void aSteadyRateIsTheSameEverywhere() {
        Arrivals steady = of(steady(1_500, 0));
        assertThat(steady.most(10)).isEqualTo(500);
        assertThat(steady.least(10)).isEqualTo(500);
        assertThat(steady.seconds()).isEqualTo(29.98);
    }

    @Test
    void aBurstCountsAlsoAtTheBeginningAndAtTheEnd() {
        assertThat(of(steady(1_500, 0), steady(1, 0)).most(10)).isEqualTo(501);
        assertThat(of(steady(1_500, 0), steady(20, 29 * SECOND)).most(10)).isEqualTo(520);
    }

    @Test
    void aPauseCountsWhereverItIs() {
        assertThat(of(steady(1, 0), steady(1_500, SECOND)).least(10)).as("behind the first message").isEqualTo(451);
        assertThat(of(steady(700, 0), steady(700, 15 * SECOND)).least(10)).as("of one second in the middle").isCloseTo(450, within(1));
        assertThat(of(steady(1_500, 0), steady(1, 31 * SECOND)).least(10)).as("before the last message").isCloseTo(450, within(1));
        assertThat(of(steady(1, 0), steady(1, 20 * SECOND)).least(10)).as("nothing at all").isZero();
    }

    @Test
    void whatIsTooShortHasNoTenSeconds() {
        assertThat(of(steady(500, 0)).least(10)).isNegative();
        assertThat(of(steady(501, 0)).least(10)).isEqualTo(500);
        assertThat(of(LongStream.empty()).least(10)).isNegative();
        assertThat(of(LongStream.empty()).most(10)).isZero();
    }

    @Test
    void onlyTheMessagesOfTheRunCount() throws IOException {
        Path record = directory.resolve("smtp.ndjson");
        Files.writeString(record, """
                {"at":"2026-01-01T00:00:02.000250Z","run":"a"}
                {"at":"2026-01-01T00:00:01Z","run":"b"}
                {"at":"2026-01-01T00:00:00Z","run":"a"}
                {"at":"2026-01-01T00:00:00Z","run":null}
                """);
        Arrivals arrivals = Arrivals.of(record, "a");
        assertThat(arrivals.messages()).isEqualTo(2);
        assertThat(arrivals.seconds()).isEqualTo(2.00025);
    }
}
