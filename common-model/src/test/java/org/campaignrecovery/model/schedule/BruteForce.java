package org.campaignrecovery.model.schedule;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Recurrence rules by looking at every single day, and local times by looking at every single minute: slow, and with no idea in common with
 * what it checks.
 */
final class BruteForce {
    private static final List<String> WEEKDAYS = List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU");

    private final Map<String, String> parts = new HashMap<>();
    private final LocalDateTime start;
    private final DayOfWeek weekStart;

    BruteForce(String rule, LocalDateTime start) {
        for (String part : rule.split(";")) {
            parts.put(part.split("=")[0], part.split("=")[1]);
        }
        this.start = start;
        this.weekStart = DayOfWeek.of(1 + WEEKDAYS.indexOf(parts.getOrDefault("WKST", "MO")));
    }

    /** Every local time of the rule from its start to {@code last}, in order; COUNT is heeded, UNTIL is not. */
    List<LocalDateTime> until(LocalDate last) {
        List<LocalDateTime> all = new ArrayList<>();
        LocalDate day = periodOf(start.toLocalDate());
        while (!day.isAfter(last)) {
            LocalDate next = day.plus(period());
            if (periodMatches(day)) {
                all.addAll(chosen(day, next));
            }
            day = next;
        }
        return all.stream().filter(time -> !time.isBefore(start) && !time.toLocalDate().isAfter(last))
                .limit(Long.parseLong(parts.getOrDefault("COUNT", "1000000"))).toList();
    }

    private List<LocalDateTime> chosen(LocalDate from, LocalDate to) {
        TreeSet<LocalDateTime> times = new TreeSet<>();
        for (LocalDate day = from; day.isBefore(to); day = day.plusDays(1)) {
            if (dayMatches(day)) {
                for (int hour : numbers("BYHOUR", start.getHour())) {
                    for (int minute : numbers("BYMINUTE", start.getMinute())) {
                        times.add(day.atTime(LocalTime.of(hour, minute, start.getSecond(), start.getNano())));
                    }
                }
            }
        }
        List<LocalDateTime> all = List.copyOf(times);
        if (!parts.containsKey("BYSETPOS")) {
            return all;
        }
        TreeSet<LocalDateTime> some = new TreeSet<>();
        for (int position : numbers("BYSETPOS", 0)) {
            int index = position > 0 ? position - 1 : all.size() + position;
            if (index >= 0 && index < all.size()) {
                some.add(all.get(index));
            }
        }
        return List.copyOf(some);
    }

    private LocalDate periodOf(LocalDate day) {
        return switch (parts.get("FREQ")) {
            case "WEEKLY" -> day.with(TemporalAdjusters.previousOrSame(weekStart));
            case "MONTHLY" -> day.withDayOfMonth(1);
            case "YEARLY" -> day.withDayOfYear(1);
            default -> day;
        };
    }

    private Period period() {
        return switch (parts.get("FREQ")) {
            case "WEEKLY" -> Period.ofWeeks(1);
            case "MONTHLY" -> Period.ofMonths(1);
            case "YEARLY" -> Period.ofYears(1);
            default -> Period.ofDays(1);
        };
    }

    private boolean periodMatches(LocalDate day) {
        ChronoUnit unit = switch (parts.get("FREQ")) {
            case "WEEKLY" -> ChronoUnit.WEEKS;
            case "MONTHLY" -> ChronoUnit.MONTHS;
            case "YEARLY" -> ChronoUnit.YEARS;
            default -> ChronoUnit.DAYS;
        };
        return unit.between(periodOf(start.toLocalDate()), day) % Long.parseLong(parts.getOrDefault("INTERVAL", "1")) == 0;
    }

    private boolean dayMatches(LocalDate day) {
        boolean noDay = !parts.containsKey("BYDAY") && !parts.containsKey("BYMONTHDAY") && !parts.containsKey("BYYEARDAY");
        if (noDay && !impliedDay(day)) {
            return false;
        }
        return among("BYMONTH", day.getMonthValue(), 0) && among("BYMONTHDAY", day.getDayOfMonth(), day.lengthOfMonth())
                && among("BYYEARDAY", day.getDayOfYear(), day.lengthOfYear()) && week(day) && weekday(day);
    }

    private boolean impliedDay(LocalDate day) {
        boolean sameWeekday = day.getDayOfWeek() == start.getDayOfWeek();
        boolean sameDay = day.getDayOfMonth() == start.getDayOfMonth();
        return switch (parts.get("FREQ")) {
            case "WEEKLY" -> sameWeekday;
            case "MONTHLY" -> sameDay;
            case "YEARLY" -> parts.containsKey("BYWEEKNO")
                    ? sameWeekday
                    : sameDay && (parts.containsKey("BYMONTH") || day.getMonth() == start.getMonth());
            default -> true;
        };
    }

    private boolean week(LocalDate day) {
        WeekFields weeks = WeekFields.of(weekStart, 4);
        int count = (int) day.range(weeks.weekOfWeekBasedYear()).getMaximum();
        return among("BYWEEKNO", day.get(weeks.weekOfWeekBasedYear()), count);
    }

    private boolean weekday(LocalDate day) {
        if (!parts.containsKey("BYDAY")) {
            return true;
        }
        boolean ofYear = parts.get("FREQ").equals("YEARLY") && !parts.containsKey("BYMONTH");
        int position = ofYear ? day.getDayOfYear() : day.getDayOfMonth();
        int length = ofYear ? day.lengthOfYear() : day.lengthOfMonth();
        String name = WEEKDAYS.get(day.getDayOfWeek().getValue() - 1);
        return Arrays.stream(parts.get("BYDAY").split(",")).filter(item -> item.endsWith(name)).anyMatch(item -> {
            String ordinal = item.substring(0, item.length() - 2);
            return ordinal.isEmpty() || Integer.parseInt(ordinal) == (position - 1) / 7 + 1
                    || Integer.parseInt(ordinal) == -((length - position) / 7 + 1);
        });
    }

    private boolean among(String part, int value, int length) {
        return !parts.containsKey(part) || numbers(part, 0).contains(value) || length > 0 && numbers(part, 0).contains(value - length - 1);
    }

    private List<Integer> numbers(String part, int otherwise) {
        return parts.containsKey(part) ? Arrays.stream(parts.get(part).split(",")).map(Integer::valueOf).toList() : List.of(otherwise);
    }

    /** The first instant at which the clock shows this time, to the minute; when it never does, as far after the gap as the time is in it. */
    static Instant instant(LocalDateTime time, ZoneId zone) {
        Instant from = time.toInstant(ZoneOffset.UTC).minus(Duration.ofHours(38));
        for (Instant at = from; at.isBefore(from.plus(Duration.ofHours(76))); at = at.plusSeconds(60)) {
            LocalDateTime shown = LocalDateTime.ofInstant(at, zone);
            if (shown.isEqual(time)) {
                return at;
            }
        }
        Instant at = from;
        while (!LocalDateTime.ofInstant(at, zone).isAfter(time)) {
            at = at.plusSeconds(60);
        }
        LocalDateTime gapBegins = LocalDateTime.ofInstant(at.minusSeconds(60), zone).plusSeconds(60);
        return at.plus(Duration.between(gapBegins, time));
    }
}
