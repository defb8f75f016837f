package org.campaignrecovery.model.schedule;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import net.fortuna.ical4j.model.Recur;

/**
 * The local times of a rule with a given start, as ical4j expands them. COUNT and UNTIL are left to the caller, so that the expansion can
 * begin near the time that is asked for, however long ago the rule began. Not for several threads at once.
 */
final class RuleExpansion {
    private static final int MIDYEAR = 7;

    private final LocalDateTime start;
    private final ChronoUnit unit;
    private final int interval;
    private final Predicate<LocalDateTime> inMonths;
    private final Recur<LocalDateTime> recur;

    /** @throws IllegalArgumentException if ical4j cannot read the rule */
    RuleExpansion(RuleParts parts, ChronoUnit unit, int interval, LocalDateTime start) {
        this.start = start;
        this.unit = unit;
        this.interval = interval;
        this.inMonths = unit == ChronoUnit.WEEKS && parts.has("BYMONTH") ? within(parts.get("BYMONTH")) : time -> true;
        this.recur = new Recur<>(explicit(parts).toString(), false);
    }

    /** So many periods of the rule later, or earlier. */
    LocalDateTime step(LocalDateTime from, long periods) {
        return from.plus(periods * interval, unit);
    }

    /** The rule's local times in {@code [from, to)}, in order, none before the start. */
    List<LocalDateTime> between(LocalDateTime from, LocalDateTime to) {
        LocalDateTime first = from.isBefore(start) ? start : from;
        if (!first.isBefore(to)) {
            return List.of();
        }
        LocalDateTime seed = seed(first);
        return recur.getDates(seed, seed, step(to, 1)).stream().filter(inMonths)
                .filter(time -> !time.isBefore(first) && time.isBefore(to)).distinct().sorted().toList();
    }

    /**
     * A time from which ical4j may expand as if the rule had begun there: some whole intervals earlier, since it leaves out what a period
     * has before the seed itself.
     */
    private LocalDateTime seed(LocalDateTime from) {
        LocalDateTime base = switch (unit) {
            case MONTHS -> start.withDayOfMonth(1);
            // In the middle, so that its week belongs to the week-based year of the same number.
            case YEARS -> start.withDayOfMonth(1).withMonth(MIDYEAR);
            default -> start;
        };
        return step(base, Math.floorDiv(unit.between(base, from), interval) - 2);
    }

    /**
     * Everything said that RFC 5545 takes from the start: ical4j would take it from the seed, and the beginning of the week from the locale
     * of the machine. BYMONTHDAY of a year is about every month, ical4j would look at the seed's only. BYMONTH of a weekly rule is about
     * each day, ical4j would take or leave whole weeks: it is left out here.
     */
    private RuleParts explicit(RuleParts parts) {
        RuleParts rule = parts.with("COUNT", null).with("UNTIL", null);
        if (!rule.has("WKST")) {
            rule = rule.with("WKST", "MO");
        }
        boolean noDay = !rule.has("BYDAY") && !rule.has("BYMONTHDAY") && !rule.has("BYYEARDAY");
        return switch (unit) {
            case WEEKS -> (noDay ? rule.with("BYDAY", weekday()) : rule).with("BYMONTH", null);
            case MONTHS -> noDay ? rule.with("BYMONTHDAY", String.valueOf(start.getDayOfMonth())) : rule;
            case YEARS -> yearly(rule, noDay);
            default -> rule;
        };
    }

    private RuleParts yearly(RuleParts rule, boolean noDay) {
        if (rule.has("BYWEEKNO")) {
            return noDay ? rule.with("BYDAY", weekday()) : rule;
        }
        RuleParts days = noDay ? rule.with("BYMONTHDAY", String.valueOf(start.getDayOfMonth())) : rule;
        if (days.has("BYMONTH") || !days.has("BYMONTHDAY")) {
            return days;
        }
        return days.with("BYMONTH", noDay
                ? String.valueOf(start.getMonthValue())
                : IntStream.rangeClosed(1, 12).mapToObj(String::valueOf).collect(Collectors.joining(",")));
    }

    private String weekday() {
        return start.getDayOfWeek().name().substring(0, 2);
    }

    private static Predicate<LocalDateTime> within(String months) {
        Set<Integer> allowed = Arrays.stream(months.split(",")).map(Integer::valueOf).collect(Collectors.toSet());
        return time -> allowed.contains(time.getMonthValue());
    }
}
