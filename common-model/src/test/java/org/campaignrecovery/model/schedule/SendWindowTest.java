package org.campaignrecovery.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

import org.junit.jupiter.api.Test;

class SendWindowTest {
    private static final List<String> ZONES = List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo",
            "Asia/Beirut", "Pacific/Apia", "Antarctica/Troll", "UTC");
    private static final int MINUTES = 24 * 60;

    @Test
    void fromIsIncludedAndToIsNot() {
        SendWindow day = window("09:00", "20:00", "Europe/Berlin");
        assertThat(day.contains(Instant.parse("2026-07-01T07:00:00Z"))).isTrue();
        assertThat(day.contains(Instant.parse("2026-07-01T06:59:59.999Z"))).isFalse();
        assertThat(day.contains(Instant.parse("2026-07-01T17:59:59.999Z"))).isTrue();
        assertThat(day.contains(Instant.parse("2026-07-01T18:00:00Z"))).isFalse();
        assertThat(day.nextOpening(Instant.parse("2026-07-01T18:00:00Z"))).isEqualTo(Instant.parse("2026-07-02T07:00:00Z"));
        assertThat(day.nextOpening(Instant.parse("2026-07-01T08:00:00Z"))).isEqualTo(Instant.parse("2026-07-01T08:00:00Z"));
    }

    @Test
    void aWindowMayCrossMidnight() {
        SendWindow night = window("22:00", "06:00", "UTC");
        assertThat(night.contains(Instant.parse("2026-07-01T23:00:00Z"))).isTrue();
        assertThat(night.contains(Instant.parse("2026-07-01T05:59:00Z"))).isTrue();
        assertThat(night.contains(Instant.parse("2026-07-01T06:00:00Z"))).isFalse();
        assertThat(night.nextOpening(Instant.parse("2026-07-01T06:00:00Z"))).isEqualTo(Instant.parse("2026-07-01T22:00:00Z"));
    }

    @Test
    void aWindowThatBeginsInAGapOpensAfterIt() {
        assertThat(window("02:30", "20:00", "Europe/Berlin").nextOpening(Instant.parse("2026-03-29T00:00:00Z")))
                .isEqualTo(Instant.parse("2026-03-29T01:00:00Z"));
        assertThat(window("02:10", "02:50", "Europe/Berlin").nextOpening(Instant.parse("2026-03-29T00:00:00Z")))
                .as("all of it is in the gap").isEqualTo(Instant.parse("2026-03-30T00:10:00Z"));
    }

    /** Held against a look at every minute, in the days around changes of the clocks. */
    @Test
    void theOpeningIsTheFirstMinuteInTheWindow() {
        List<Instant> around = List.of(Instant.parse("2026-03-28T00:00:00Z"), Instant.parse("2026-10-24T00:00:00Z"),
                Instant.parse("2011-12-29T00:00:00Z"), Instant.parse("2018-11-03T00:00:00Z"), Instant.parse("2026-10-03T00:00:00Z"),
                Instant.parse("2026-04-04T00:00:00Z"));
        qt().withExamples(2_000).forAll(integers().between(0, MINUTES - 1), integers().between(1, MINUTES - 1),
                integers().between(0, 3 * MINUTES), integers().between(0, ZONES.size() * around.size() - 1))
                .check((from, length, after, n) -> {
                    SendWindow window = new SendWindow(time(from), time((from + length) % MINUTES), ZoneId.of(ZONES.get(n % ZONES.size())));
                    Instant asked = around.get(n / ZONES.size()).plus(Duration.ofMinutes(after));
                    Instant minute = asked;
                    while (!window.contains(minute)) {
                        minute = minute.plusSeconds(60);
                    }
                    assertThat(window.nextOpening(asked)).as("%s asked %s", window, asked).isEqualTo(minute);
                    return true;
                });
    }

    @Test
    void aWindowHasALength() {
        assertThatThrownBy(() -> window("09:00", "09:00", "UTC")).isInstanceOf(IllegalArgumentException.class);
    }

    private static LocalTime time(int minutes) {
        return LocalTime.of(minutes / 60, minutes % 60);
    }

    private static SendWindow window(String from, String to, String zone) {
        return new SendWindow(LocalTime.parse(from), LocalTime.parse(to), ZoneId.of(zone));
    }
}
