package org.campaignrecovery.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private final LoginThrottle throttle = new LoginThrottle(new Clock() {
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
    void theFirstFailuresAreFreeThenItDoubles() {
        for (int i = 0; i < 2; i++) {
            throttle.failed("ann", "1.2.3.4");
            assertThat(throttle.wait("ann", "1.2.3.4")).isZero();
        }
        throttle.failed("ann", "1.2.3.4");
        assertThat(throttle.wait("ann", "1.2.3.4")).isEqualTo(Duration.ofSeconds(1));
        throttle.failed("ann", "1.2.3.4");
        assertThat(throttle.wait("ann", "1.2.3.4")).isEqualTo(Duration.ofSeconds(2));
        now = now.plusSeconds(2);
        assertThat(throttle.wait("ann", "1.2.3.4")).isZero();
        assertThat(throttle.wait("ann", "5.6.7.8")).as("somebody else is not locked out").isZero();
    }

    @Test
    void itNeverWaitsLongerThanAMinute() {
        assertThat(LoginThrottle.pause(1_000)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void successForgetsFailures() {
        for (int i = 0; i < 5; i++) {
            throttle.failed("ann", "1.2.3.4");
        }
        throttle.succeeded("ann", "1.2.3.4");
        assertThat(throttle.wait("ann", "1.2.3.4")).isZero();
    }
}
