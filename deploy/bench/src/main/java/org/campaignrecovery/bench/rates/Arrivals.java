package org.campaignrecovery.bench.rates;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.LongStream;

import org.campaignrecovery.local.record.NdjsonLog;

/**
 * When the mail server had received each message of a run, by its own clock.
 *
 * @param micros since 1970, the earliest first
 */
record Arrivals(long[] micros) {
    private static final double SECOND = 1e6;

    static Arrivals of(Path smtpRecord, String run) throws IOException {
        LongStream.Builder micros = LongStream.builder();
        NdjsonLog.read(smtpRecord, line -> {
            if (line.path("run").asText().equals(run)) {
                micros.add(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(line.get("at").asText())));
            }
        });
        return new Arrivals(micros.build().sorted().toArray());
    }

    int messages() {
        return micros.length;
    }

    /** From the first to the last. */
    double seconds() {
        return micros.length == 0 ? 0 : (micros[micros.length - 1] - micros[0]) / SECOND;
    }

    /** The most of any so many seconds. */
    int most(int seconds) {
        int most = 0;
        int end = 0;
        for (int first = 0; first < micros.length; first++) {
            while (end < micros.length && micros[end] - micros[first] < seconds * SECOND) {
                end++;
            }
            most = Math.max(most, end - first);
        }
        return most;
    }

    /** The fewest of any so many seconds between the first message and the last; negative when there was less time. */
    int least(int seconds) {
        if (seconds() < seconds) {
            return -1;
        }
        int least = micros.length;
        int end = 0;
        for (int before = 0; micros[micros.length - 1] - micros[before] >= seconds * SECOND; before++) {
            while (end < micros.length && micros[end] - micros[before] <= seconds * SECOND) {
                end++;
            }
            least = Math.min(least, end - before - 1);
        }
        return least;
    }
}
