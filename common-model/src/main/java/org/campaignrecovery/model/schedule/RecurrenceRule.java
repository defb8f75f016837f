package org.campaignrecovery.model.schedule;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * An RFC 5545 recurrence rule of days: DAILY, WEEKLY, MONTHLY or YEARLY. It yields local times; what they mean in a time zone is
 * {@link Occurrences}' matter.
 */
public final class RecurrenceRule {
    /** More than so many occurrences are said by UNTIL. */
    public static final int MAX_COUNT = 1_000;
    private static final int MAX_INTERVAL = 366;
    private static final DateTimeFormatter BASIC = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    private final RuleParts parts;
    private final ChronoUnit unit;
    private final int interval;

    private RecurrenceRule(RuleParts parts) {
        this.parts = parts;
        this.unit = switch (parts.get("FREQ")) {
            case "DAILY" -> ChronoUnit.DAYS;
            case "WEEKLY" -> ChronoUnit.WEEKS;
            case "MONTHLY" -> ChronoUnit.MONTHS;
            default -> ChronoUnit.YEARS;
        };
        this.interval = parts.has("INTERVAL") ? Integer.parseInt(parts.get("INTERVAL")) : 1;
    }

    /**
     * @param text with or without {@code RRULE:}, in any case
     * @throws RecurrenceException if it cannot be read or makes no sense
     */
    public static RecurrenceRule parse(String text) {
        RuleParts parts = RuleParts.parse(text);
        RecurrenceRule rule = new RecurrenceRule(parts);
        if (rule.interval > MAX_INTERVAL) {
            throw new RecurrenceException("may have an INTERVAL of up to " + MAX_INTERVAL);
        }
        if (rule.count().orElse(0) > MAX_COUNT) {
            throw new RecurrenceException("may have a COUNT of up to %,d; use UNTIL for more".formatted(MAX_COUNT));
        }
        rule.until();
        try {
            rule.startingAt(LocalDateTime.of(2000, 1, 1, 0, 0));
        } catch (IllegalArgumentException e) {
            throw new RecurrenceException("cannot be read: " + e.getMessage());
        }
        return rule;
    }

    Optional<Integer> count() {
        return Optional.ofNullable(parts.get("COUNT")).map(Integer::parseInt);
    }

    /**
     * The last local time that UNTIL allows: a date includes its whole day, a time without Z is local, one with Z is an instant.
     *
     * @throws RecurrenceException if there is no such date
     */
    Optional<Until> until() {
        String text = parts.get("UNTIL");
        if (text == null) {
            return Optional.empty();
        }
        try {
            if (text.endsWith("Z")) {
                LocalDateTime utc = LocalDateTime.parse(text.substring(0, text.length() - 1), BASIC);
                return Optional.of(new Until(null, utc.toInstant(ZoneOffset.UTC)));
            }
            LocalDateTime local = text.contains("T")
                    ? LocalDateTime.parse(text, BASIC)
                    : LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE).plusDays(1).atStartOfDay().minusNanos(1);
            return Optional.of(new Until(local, null));
        } catch (DateTimeException e) {
            throw new RecurrenceException("has an UNTIL that is no date: \"%s\"".formatted(text));
        }
    }

    /** One of the two is null. */
    record Until(LocalDateTime local, Instant instant) {

        boolean allows(LocalDateTime time, Instant at) {
            return local == null ? !at.isAfter(instant) : !time.isAfter(local);
        }

        LocalDateTime in(ZoneId zone) {
            return local == null ? LocalDateTime.ofInstant(instant, zone) : local;
        }
    }

    /** What the rule yields for a campaign that starts at this time of its own zone. */
    RuleExpansion startingAt(LocalDateTime start) {
        return new RuleExpansion(parts, unit, interval, start);
    }

    @Override
    public String toString() {
        return parts.toString();
    }
}
