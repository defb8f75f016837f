package org.campaignrecovery.api.limit;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

/**
 * So many calls a second of each client's network, after a burst. Kept in this process, for the {@value #REMEMBERED} that have called
 * latest: whoever is forgotten begins anew, so that no flood of addresses takes more memory than that.
 */
class AddressLimit {
    static final int REMEMBERED = 10_000;
    private static final float LOAD_FACTOR = 0.75f;

    private final int perSecond;
    private final int burst;
    private final TimeMeter time;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > REMEMBERED;
        }
    };

    AddressLimit(int perSecond, int burst, Clock clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.time = new ClockTime(clock);
    }

    /** Counts a call. @return how long the network is to wait before the next one; zero when this one is welcome */
    synchronized Duration wait(String network) {
        return Duration.ofNanos(buckets.computeIfAbsent(network, key -> bucket()).tryConsumeAndReturnRemaining(1)
                .getNanosToWaitForRefill());
    }

    synchronized int remembered() {
        return buckets.size();
    }

    private Bucket bucket() {
        return Bucket.builder().addLimit(limit -> limit.capacity(burst).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .withCustomTimePrecision(time).build();
    }

    /** The library's time, from a clock that tests can move. */
    private record ClockTime(Clock clock) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
