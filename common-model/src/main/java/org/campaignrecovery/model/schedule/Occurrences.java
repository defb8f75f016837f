package org.campaignrecovery.model.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The instants at which a campaign runs. They are local times in its zone. A local time that a change of the clocks leaves out is moved on
 * by as much as the clocks are (02:30 becomes 03:30; RFC 5545, section 3.3.5); one that occurs twice runs once, the first time; two local
 * times that fall on one instant are one occurrence. Only what matches the rule counts: a start that does not match is no occurrence.
 *
 * <p>
 * An answer costs as much as the distance from the time that is asked for to the occurrence that is found, whatever the campaign's age.
 * Not for several threads at once.
 */
public final class Occurrences {
    /** A rule that has no occurrence for so long is taken to have none. Leap days on a given weekday are 40 years apart at most. */
    public static final Duration HORIZON = Duration.ofDays(50 * 366L);
    /** {@link #count} goes no further. */
    public static final int MAX_COUNTED = 10_000;
    /** Longer than any change of the clocks: Samoa has left out a whole day. */
    private static final Duration LONGEST_SHIFT = Duration.ofHours(25);
    private static final int FIRST_STEP = 4;
    private static final int LONGEST_STEP = 512;

    private final RecurrenceRule rule;
    private final RuleExpansion expansion;
    private final Instant start;
    private final Instant end;
    private final ZoneId zone;
    private final LocalDateTime localStart;
    private LocalDateTime limit;

    private Occurrences(RecurrenceRule rule, Instant start, Instant end, ZoneId zone) {
        this.rule = rule;
        this.start = start;
        this.end = end;
        this.zone = zone;
        this.localStart = LocalDateTime.ofInstant(start, zone);
        this.expansion = rule.startingAt(localStart);
    }

    /** @param end no occurrence is at or after it; null for none */
    public static Occurrences of(RecurrenceRule rule, Instant start, Instant end, ZoneId zone) {
        return new Occurrences(rule, start, end, zone);
    }

    /** @param end no occurrence is at or after it; null for none */
    public static Occurrences of(Frequency frequency, Instant start, Instant end, ZoneId zone) {
        return new Occurrences(frequency.from(LocalDateTime.ofInstant(start, zone).toLocalDate()), start, end, zone);
    }

    /** Only the start itself. */
    public static Occurrences once(Instant start, ZoneId zone) {
        return new Occurrences(RecurrenceRule.parse("FREQ=DAILY;COUNT=1"), start, null, zone);
    }

    /** The first one, which is not before the start. */
    public Optional<Instant> first() {
        return next(start.minusNanos(1));
    }

    /** The first one after {@code after}, itself excluded. */
    public Optional<Instant> next(Instant after) {
        return Optional.ofNullable(new Sequence(after).next());
    }

    /** The last one that is not after {@code now}. */
    public Optional<Instant> latest(Instant now) {
        LocalDateTime to = LocalDateTime.ofInstant(now, zone).plus(LONGEST_SHIFT);
        int step = FIRST_STEP;
        while (to.isAfter(localStart)) {
            LocalDateTime from = expansion.step(to.minus(LONGEST_SHIFT), -step);
            // Overlaps the portion before, since times in a gap are moved past others.
            List<LocalDateTime> found = expansion.between(from.minus(LONGEST_SHIFT), to).stream()
                    .filter(time -> allowed(time) && !instant(time).isAfter(now)).toList();
            if (!found.isEmpty() && !found.get(found.size() - 1).isBefore(from)) {
                return found.stream().map(this::instant).max(Instant::compareTo);
            }
            to = from;
            step = Math.min(2 * step, LONGEST_STEP);
        }
        return Optional.empty();
    }

    /** How many there are in {@code [from, before)}, at most {@link #MAX_COUNTED}. */
    public int count(Instant from, Instant before) {
        Sequence sequence = new Sequence(from.minusNanos(1));
        int n = 0;
        for (Instant at = sequence.next(); at != null && at.isBefore(before) && n < MAX_COUNTED; at = sequence.next()) {
            n++;
        }
        return n;
    }

    /** The first {@code atMost} that are not before {@code from}. */
    public List<Instant> list(Instant from, int atMost) {
        List<Instant> found = new ArrayList<>();
        Sequence sequence = new Sequence(from.minusNanos(1));
        for (Instant at = sequence.next(); at != null && found.size() < atMost; at = sequence.next()) {
            found.add(at);
        }
        return found;
    }

    /** What the wall clock shows, as an instant; the start is itself, also as the second of two equal times. */
    private Instant instant(LocalDateTime time) {
        return time.isEqual(localStart) ? start : ZonedDateTime.ofLocal(time, zone, null).toInstant();
    }

    private boolean allowed(LocalDateTime time) {
        Instant at = instant(time);
        return !at.isBefore(start) && (end == null || at.isBefore(end)) && !time.isAfter(limit())
                && rule.until().map(until -> until.allows(time, at)).orElse(true);
    }

    /** No local time after this one needs to be looked at; the distant past when there is none at all. */
    private LocalDateTime limit() {
        if (limit == null) {
            LocalDateTime byCount = rule.count().map(this::lastOf).orElse(LocalDateTime.MAX);
            LocalDateTime byEnd = end == null ? LocalDateTime.MAX : LocalDateTime.ofInstant(end, zone).plus(LONGEST_SHIFT);
            LocalDateTime byUntil = rule.until().map(until -> until.in(zone).plus(LONGEST_SHIFT)).orElse(LocalDateTime.MAX);
            limit = earlier(byCount, earlier(byEnd, byUntil));
        }
        return limit;
    }

    /** The local time that uses the count up. */
    private LocalDateTime lastOf(int count) {
        Search search = new Search(localStart, LocalDateTime.MAX);
        LocalDateTime last = LocalDateTime.MIN;
        for (int n = 0; n < count; n++) {
            LocalDateTime time = search.next();
            if (time == null) {
                return last;
            }
            last = time;
        }
        return last;
    }

    private static LocalDateTime earlier(LocalDateTime a, LocalDateTime b) {
        return a.isBefore(b) ? a : b;
    }

    /** The instants after a given one, in order. */
    private final class Sequence {
        private final Search search;
        private final TreeSet<Instant> moved = new TreeSet<>();
        private Instant before;

        Sequence(Instant after) {
            this.before = after.isBefore(start) ? start.minusNanos(1) : after;
            this.search = new Search(LocalDateTime.ofInstant(before, zone).minus(LONGEST_SHIFT), limit());
        }

        /**
         * The next one, or null when there is none. Times in a gap are moved past those that follow it, so they wait until such a time has
         * come. Nothing else changes the order, since of a time that occurs twice the first is meant.
         */
        Instant next() {
            for (LocalDateTime time = search.next(); time != null; time = search.next()) {
                Instant at = instant(time);
                if (!at.isAfter(before) || !allowed(time)) {
                    continue;
                }
                moved.add(at);
                if (LocalDateTime.ofInstant(at, zone).isEqual(time)) {
                    break;
                }
            }
            return moved.isEmpty() ? null : (before = moved.pollFirst());
        }
    }

    /** The rule's local times one after the other, read in growing portions until there was none for {@link #HORIZON}. */
    private final class Search {
        private final LocalDateTime last;
        private LocalDateTime read;
        private LocalDateTime found;
        private List<LocalDateTime> portion = List.of();
        private int position;
        private int step = FIRST_STEP;

        Search(LocalDateTime from, LocalDateTime last) {
            this.read = from.isBefore(localStart) ? localStart : from;
            this.found = read;
            this.last = last;
        }

        /** The next one, or null when there is none. */
        LocalDateTime next() {
            while (position == portion.size()) {
                if (read.isAfter(last) || Duration.between(found, read).compareTo(HORIZON) > 0) {
                    return null;
                }
                LocalDateTime to = expansion.step(read, step);
                portion = expansion.between(read, to);
                position = 0;
                read = to;
                step = Math.min(2 * step, LONGEST_STEP);
            }
            found = portion.get(position++);
            return found.isAfter(last) ? null : found;
        }
    }
}
