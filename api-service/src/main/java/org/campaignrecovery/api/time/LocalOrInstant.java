package org.campaignrecovery.api.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Reads RFC 3339, and local date-times in a time zone. A local time that a change of the clocks leaves out is moved on by as much as the
 * clocks are; of one that occurs twice the first is meant.
 */
public final class LocalOrInstant {

    private LocalOrInstant() {
    }

    public static Optional<Instant> parse(String text, ZoneId zone) {
        return offset(text).or(() -> local(text, zone)).map(instant -> instant.truncatedTo(ChronoUnit.MILLIS)).filter(LocalOrInstant::sane);
    }

    private static Optional<Instant> offset(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> local(String text, ZoneId zone) {
        try {
            return Optional.of(ZonedDateTime.ofLocal(LocalDateTime.parse(text), zone, null).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Within what every part of the system can store and print. */
    private static boolean sane(Instant instant) {
        return instant.isAfter(Instant.EPOCH) && instant.isBefore(Instant.parse("9999-01-01T00:00:00Z"));
    }
}
