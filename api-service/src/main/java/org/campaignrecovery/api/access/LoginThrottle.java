package org.campaignrecovery.api.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Slows guessing down: after some failures of a user from one address each further one doubles the time until the next try is looked at.
 * Kept in this process, for the latest {@value #REMEMBERED}.
 */
@ApplicationScoped
public class LoginThrottle {
    private static final int REMEMBERED = 10_000;
    private static final int FREE_FAILURES = 3;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int LONGEST_EXPONENT = 6;

    private final Clock clock;
    private final Map<String, Failures> failures = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > REMEMBERED;
        }
    };

    LoginThrottle(Clock clock) {
        this.clock = clock;
    }

    /** How long to wait before the next try; zero when it is welcome. */
    synchronized Duration wait(String username, String address) {
        Failures known = failures.get(key(username, address));
        Duration left = known == null ? Duration.ZERO : Duration.between(clock.instant(), known.until);
        return left.isNegative() ? Duration.ZERO : left;
    }

    synchronized void failed(String username, String address) {
        failures.compute(key(username, address), (key, known) -> {
            int n = known == null ? 1 : known.n + 1;
            return new Failures(n, clock.instant().plus(pause(n)));
        });
    }

    synchronized void succeeded(String username, String address) {
        failures.remove(key(username, address));
    }

    static Duration pause(int n) {
        int exponent = Math.min(n - FREE_FAILURES, LONGEST_EXPONENT);
        Duration pause = exponent < 0 ? Duration.ZERO : Duration.ofSeconds(1L << exponent);
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    private static String key(String username, String address) {
        return address + " " + username;
    }

    private record Failures(int n, Instant until) {
    }
}
