package org.campaignrecovery.model.schedule;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Comparator;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The times of day, as the wall clock in a zone shows them, at which messages may go out: {@code from} included, {@code to} not. A window
 * whose {@code from} is later than its {@code to} crosses midnight.
 */
public record SendWindow(LocalTime from, LocalTime to, ZoneId zone) {
    /** A window that a change of the clocks leaves out opens on the next day; Samoa has left out a whole one. */
    private static final int DAYS = 4;

    public SendWindow {
        if (from.equals(to)) {
            throw new IllegalArgumentException("a window from %s to %s has no length".formatted(from, to));
        }
    }

    public boolean contains(Instant instant) {
        LocalTime time = LocalTime.ofInstant(instant, zone);
        return from.isBefore(to) ? !time.isBefore(from) && time.isBefore(to) : !time.isBefore(from) || time.isBefore(to);
    }

    /** The first instant from {@code instant} on, itself included, that is in the window. */
    public Instant nextOpening(Instant instant) {
        if (contains(instant)) {
            return instant;
        }
        LocalDate day = LocalDate.ofInstant(instant, zone);
        Stream<Instant> openings = LongStream.rangeClosed(0, DAYS).mapToObj(day::plusDays).flatMap(this::openings);
        return Stream.concat(openings, changes(instant)).filter(at -> at.isAfter(instant) && contains(at)).min(Comparator.naturalOrder())
                .orElseThrow(() -> new IllegalStateException("the window from %s to %s in %s does not open".formatted(from, to, zone)));
    }

    /** When the clock shows {@code from} on this day: once, twice, or never. */
    private Stream<Instant> openings(LocalDate day) {
        LocalDateTime opening = day.atTime(from);
        return zone.getRules().getValidOffsets(opening).stream().map((ZoneOffset offset) -> opening.toInstant(offset));
    }

    /** A change of the clocks may lead into the window without showing {@code from}. */
    private Stream<Instant> changes(Instant instant) {
        ZoneRules rules = zone.getRules();
        Instant last = instant.plus(Duration.ofDays(DAYS));
        return Stream.iterate(rules.nextTransition(instant), change -> change != null && change.getInstant().isBefore(last),
                change -> rules.nextTransition(change.getInstant())).map(ZoneOffsetTransition::getInstant);
    }
}
