package org.campaignrecovery.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

class AddressLimitTest {
    private static final String ONE = "192.0.2.1";
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private final AddressLimit limit = new AddressLimit(2, 5, new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });

    @Test
    void aBurstIsWelcomeAndWhatFollowsWaits() {
        assertThat(welcome(ONE, 10)).isEqualTo(5);
        assertThat(limit.wait(ONE)).isEqualTo(Duration.ofMillis(500));
        assertThat(limit.wait("192.0.2.2")).as("somebody else").isZero();
    }

    @Test
    void timeBringsMoreBackUpToABurst() {
        welcome(ONE, 5);
        now = now.plusMillis(499);
        assertThat(limit.wait(ONE)).isEqualTo(Duration.ofMillis(1));
        now = now.plusMillis(1);
        assertThat(welcome(ONE, 5)).isEqualTo(1);
        now = now.plusSeconds(1);
        assertThat(welcome(ONE, 5)).isEqualTo(2);
        now = now.plus(Duration.ofDays(1));
        assertThat(welcome(ONE, 10)).isEqualTo(5);
    }

    /** Whoever is refused and calls on all the same does not wait longer for it. */
    @Test
    void whatIsRefusedDoesNotCount() {
        assertThat(welcome(ONE, 1_000)).isEqualTo(5);
        now = now.plusSeconds(1);
        assertThat(welcome(ONE, 5)).isEqualTo(2);
    }

    @Test
    void aClockThatIsSetBackLocksNobodyOut() {
        welcome(ONE, 5);
        now = now.minus(Duration.ofHours(1));
        assertThat(limit.wait(ONE)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void itRemembersNoMoreThanItHasRoomForAndThoseWhoCallLongest() {
        welcome(ONE, 5);
        for (int n = 0; n < 3 * AddressLimit.REMEMBERED; n++) {
            limit.wait("flood-" + n);
            if (n % 100 == 0) {
                assertThat(limit.wait(ONE)).isPositive();
            }
        }
        assertThat(limit.remembered()).isEqualTo(AddressLimit.REMEMBERED);
    }

    private int welcome(String network, int calls) {
        int welcome = 0;
        for (int n = 0; n < calls; n++) {
            welcome += limit.wait(network).isZero() ? 1 : 0;
        }
        return welcome;
    }
}
