package org.campaignrecovery.model.schedule;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parts of an RFC 5545 recurrence rule as they are written, each of the right form, and only in combinations that the RFC allows and
 * whose meaning it settles.
 */
final class RuleParts {
    private static final int LONGEST = 500;
    private static final int MOST_TIMES_A_DAY = 24;
    private static final Map<String, Pattern> FORMS = Map.ofEntries(
            form("FREQ", "DAILY|WEEKLY|MONTHLY|YEARLY"), form("INTERVAL", "[1-9][0-9]{0,2}"), form("COUNT", "[1-9][0-9]{0,3}"),
            form("UNTIL", "[0-9]{8}(T[0-9]{6}Z?)?"), form("WKST", "MO|TU|WE|TH|FR|SA|SU"),
            form("BYMONTH", list("0?[1-9]|1[0-2]")), form("BYWEEKNO", list("[+-]?(0?[1-9]|[1-4][0-9]|5[0-3])")),
            form("BYYEARDAY", list("[+-]?(0{0,2}[1-9]|0?[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6])")),
            form("BYMONTHDAY", list("[+-]?(0?[1-9]|[12][0-9]|3[01])")),
            form("BYDAY", list("([+-]?(0?[1-9]|[1-4][0-9]|5[0-3]))?(MO|TU|WE|TH|FR|SA|SU)")),
            form("BYHOUR", list("0?[0-9]|1[0-9]|2[0-3]")), form("BYMINUTE", list("0?[0-9]|[1-5][0-9]")),
            form("BYSETPOS", list("[+-]?(0{0,2}[1-9]|0?[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6])")));

    private final Map<String, String> parts = new LinkedHashMap<>();

    private RuleParts() {
    }

    /** @throws RecurrenceException if {@code text} is no rule that can be used */
    static RuleParts parse(String text) {
        RuleParts rule = new RuleParts();
        String upper = text.trim().toUpperCase(Locale.ROOT);
        String bare = upper.startsWith("RRULE:") ? upper.substring("RRULE:".length()) : upper;
        if (bare.length() > LONGEST) {
            throw new RecurrenceException("may have up to %d characters".formatted(LONGEST));
        }
        for (String part : bare.split(";", -1)) {
            rule.add(part);
        }
        rule.refuseWhatMakesNoSense();
        return rule;
    }

    private void add(String part) {
        int equals = part.indexOf('=');
        if (equals < 0) {
            throw new RecurrenceException("must be made of parts like FREQ=WEEKLY;BYDAY=MO,TH, and \"%s\" is none".formatted(part));
        }
        String name = part.substring(0, equals);
        String value = part.substring(equals + 1);
        if (name.equals("FREQ") && value.matches("SECONDLY|MINUTELY|HOURLY")) {
            throw new RecurrenceException(
                    "must have a FREQ of DAILY, WEEKLY, MONTHLY or YEARLY: %s would reach the same people many times a"
                            .formatted(value) + " day; several times a day are said by BYHOUR");
        }
        Pattern form = FORMS.get(name);
        if (form == null) {
            throw new RecurrenceException("has a part that is not supported: " + name);
        }
        if (!form.matcher(value).matches()) {
            throw new RecurrenceException("has a %s that cannot be used: \"%s\"".formatted(name, value));
        }
        if (parts.put(name, value) != null) {
            throw new RecurrenceException("says %s twice".formatted(name));
        }
    }

    private void refuseWhatMakesNoSense() {
        if (!has("FREQ")) {
            throw new RecurrenceException("must say FREQ=DAILY, WEEKLY, MONTHLY or YEARLY");
        }
        if (has("UNTIL") && has("COUNT")) {
            throw new RecurrenceException("may say UNTIL or COUNT, not both");
        }
        if (has("BYSETPOS") && parts.keySet().stream().noneMatch(name -> name.startsWith("BY") && !name.equals("BYSETPOS"))) {
            throw new RecurrenceException("says BYSETPOS, which needs another BY part to choose from");
        }
        if (times("BYHOUR") * times("BYMINUTE") > MOST_TIMES_A_DAY) {
            throw new RecurrenceException("may say up to %d times a day by BYHOUR and BYMINUTE".formatted(MOST_TIMES_A_DAY));
        }
        boolean yearly = is("FREQ", "YEARLY");
        refuseUnless(yearly, "BYWEEKNO", "only with FREQ=YEARLY");
        refuseUnless(yearly, "BYYEARDAY", "only with FREQ=YEARLY");
        refuseUnless(!is("FREQ", "WEEKLY"), "BYMONTHDAY", "not with FREQ=WEEKLY");
        refuseUnless(!(is("FREQ", "WEEKLY") && has("BYSETPOS")), "BYMONTH", "not with FREQ=WEEKLY and BYSETPOS");
        for (String other : new String[]{"BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYSETPOS", "INTERVAL"}) {
            refuseUnless(!has(other), "BYWEEKNO", "not with " + other);
        }
        for (String other : new String[]{"BYMONTH", "BYMONTHDAY"}) {
            refuseUnless(!has(other), "BYYEARDAY", "not with " + other);
        }
        if (has("BYDAY") && parts.get("BYDAY").matches(".*[0-9].*")) {
            boolean settled = (yearly || is("FREQ", "MONTHLY")) && !has("BYMONTHDAY") && !has("BYYEARDAY") && !has("BYWEEKNO");
            refuseUnless(settled, "BYDAY", "with numbers (like 2MO) only with FREQ=MONTHLY or YEARLY, and without BYMONTHDAY, BYYEARDAY and"
                    + " BYWEEKNO");
        }
    }

    private void refuseUnless(boolean allowed, String name, String when) {
        if (has(name) && !allowed) {
            throw new RecurrenceException("may say %s %s".formatted(name, when));
        }
    }

    private int times(String name) {
        return has(name) ? parts.get(name).split(",").length : 1;
    }

    boolean has(String name) {
        return parts.containsKey(name);
    }

    boolean is(String name, String value) {
        return value.equals(parts.get(name));
    }

    /** The value, or null. */
    String get(String name) {
        return parts.get(name);
    }

    /** A copy whose {@code name} is {@code value}; null leaves it out. */
    RuleParts with(String name, String value) {
        RuleParts copy = new RuleParts();
        copy.parts.putAll(parts);
        if (value == null) {
            copy.parts.remove(name);
        } else {
            copy.parts.put(name, value);
        }
        return copy;
    }

    @Override
    public String toString() {
        return parts.entrySet().stream().map(part -> part.getKey() + '=' + part.getValue()).collect(Collectors.joining(";"));
    }

    private static Map.Entry<String, Pattern> form(String name, String regex) {
        return Map.entry(name, Pattern.compile(regex));
    }

    private static String list(String item) {
        return "(%s)(,(%s))*".formatted(item, item);
    }
}
