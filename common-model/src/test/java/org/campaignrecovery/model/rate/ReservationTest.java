package org.campaignrecovery.model.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

class ReservationTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void whatNobodyHasTakenIsFreeAtOnce() {
        Reservation first = Reservation.of(null, NOW, 16, 8);
        assertThat(first.start()).isEqualTo(NOW);
        assertThat(first.next()).isEqualTo(NOW.plusSeconds(2));
        assertThat(first.waitFrom(NOW)).isZero();
    }

    @Test
    void whatIsTakenIsWaitedFor() {
        Reservation second = Reservation.of(NOW.plusSeconds(2), NOW, 16, 8);
        assertThat(second.waitFrom(NOW)).isEqualTo(Duration.ofSeconds(2));
        assertThat(second.next()).isEqualTo(NOW.plusSeconds(4));
    }

    @Test
    void idleTimeIsNotSavedUp() {
        assertThat(Reservation.of(NOW.minusSeconds(3600), NOW, 1, 1).start()).isEqualTo(NOW.minus(Reservation.LATE));
    }

    /** Two processes with work all the time ask every 40 ms, and now and then somebody stops for a moment. */
    @Test
    void aPauseForBreathCostsNothingOfABusyRate() {
        Instant free = NOW;
        long begun = 0;
        for (long ms = 0; ms < 60_000; ms += ms % 2_000 == 0 ? 200 : 40) {
            Instant now = NOW.plusMillis(ms);
            for (int group = 0; group < 2; group++) {
                Reservation next = Reservation.of(free, now, 16, 500);
                if (next.waitFrom(now).isZero()) {
                    free = next.next();
                    begun += 16;
                }
            }
        }
        assertThat(begun / 60.0).isBetween(499.0, 501.0);
    }

    /** Whenever they are asked for: late, too early and again, after a rest. */
    @Test
    void overAnyTenSecondsNoMoreThanTheRateAndALittleBegins() {
        qt().withExamples(200).forAll(integers().between(50, 500), lists().of(integers().between(0, 600)).ofSizeBetween(40, 80))
                .check((rate, pauses) -> {
                    List<Instant> begun = new ArrayList<>();
                    Instant now = NOW;
                    Instant free = null;
                    for (int pause : pauses) {
                        now = now.plusMillis(pause);
                        for (int group = 0; group < 8; group++) {
                            Reservation next = Reservation.of(free, now, 8, rate);
                            if (next.tooEarlyBy(now).isZero()) {
                                begun.add(now.plus(next.waitFrom(now)));
                                free = next.next();
                            }
                        }
                    }
                    double most = rate * (10 + Reservation.LATE.toMillis() / 1e3) + 8;
                    return begun.stream().allMatch(from -> 8 * begun.stream()
                            .filter(other -> !other.isBefore(from) && other.isBefore(from.plusSeconds(10))).count() <= most + 1e-6);
                });
    }

    @Test
    void whatBeginsLaterThanSoonIsNotTakenYet() {
        Instant soon = NOW.plus(Reservation.AHEAD);
        assertThat(Reservation.of(soon, NOW, 16, 8).tooEarlyBy(NOW)).isZero();
        assertThat(Reservation.of(soon.plusMillis(10), NOW, 16, 8).tooEarlyBy(NOW)).isEqualTo(Duration.ofMillis(10));
        assertThat(Reservation.of(null, NOW, 16, 8).tooEarlyBy(NOW)).isZero();
    }

    @Test
    void overAnyTimeNoMoreThanTheRateAndOneGroupBegins() {
        qt().forAll(integers().between(1, 500), lists().of(integers().between(1, 16)).ofSizeBetween(1, 200)).check((rate, groups) -> {
            Instant free = null;
            long begun = 0;
            for (int n : groups) {
                Reservation reservation = Reservation.of(free, NOW, n, rate);
                long allowed = (long) Math.ceil(Duration.between(NOW, reservation.start()).toNanos() / 1e9 * rate);
                if (begun > allowed) {
                    return false;
                }
                begun += n;
                free = reservation.next();
            }
            return true;
        });
    }

    @Test
    void aRateBelowOneIsRefused() {
        for (int rate : List.of(0, -1)) {
            assertThatThrownBy(() -> Reservation.of(null, NOW, 1, rate)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
