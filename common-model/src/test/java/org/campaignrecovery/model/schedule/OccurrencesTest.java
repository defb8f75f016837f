package org.campaignrecovery.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OccurrencesTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final List<String> ZONES = List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo",
            "Africa/Cairo", "Asia/Beirut", "Pacific/Apia", "America/St_Johns", "Antarctica/Troll", "Africa/Casablanca", "Asia/Tehran",
            "America/Havana", "Pacific/Chatham", "Asia/Kathmandu", "Europe/Dublin");

    /** A change of the clocks, and the local times around it. */
    record Change(ZoneId zone, ZoneOffsetTransition transition) {
    }

    static Stream<Change> changes() {
        return ZONES.stream().map(ZoneId::of).flatMap(zone -> Stream
                .of("1985-01-01", "1999-01-01", "2008-01-01", "2011-07-01", "2024-01-01",
                        "2029-01-01")
                .flatMap(from -> Stream.iterate(zone.getRules().nextTransition(LocalDate.parse(from).atStartOfDay()
                        .toInstant(ZoneOffset.UTC)), change -> change != null,
                        change -> zone.getRules().nextTransition(change.getInstant()))
                        .limit(3))
                .filter(change -> change.getInstant().isBefore(Instant.parse("2035-01-01T00:00:00Z")))
                .map(change -> new Change(zone, change)));
    }

    @Test
    void thereAreEnoughChangesOfClocks() {
        assertThat(changes()).hasSizeGreaterThan(200);
        assertThat(changes().map(change -> change.transition.getDuration())).contains(Duration.ofMinutes(30), Duration.ofHours(2),
                Duration.ofHours(24), Duration.ofMinutes(-30));
    }

    /** Daily campaigns at six times of day around the change, each held against a search minute by minute. */
    @ParameterizedTest
    @MethodSource("changes")
    void aroundAChangeOfTheClocksJavaTimeAgrees(Change change) {
        LocalDateTime before = change.transition.getDateTimeBefore();
        LocalDateTime after = change.transition.getDateTimeAfter();
        Duration half = Duration.between(before, after).abs().dividedBy(2);
        LocalDateTime lower = before.isBefore(after) ? before : after;
        for (LocalDateTime time : List.of(lower.minusMinutes(1), lower, lower.plus(half), lower.plus(half).plus(half).minusMinutes(1),
                lower.plus(half).plus(half), lower.plusHours(5))) {
            LocalDateTime first = time.minusDays(3);
            Instant start = BruteForce.instant(first, change.zone);
            TreeSet<Instant> expected = new TreeSet<>();
            for (int day = 0; day < 7; day++) {
                expected.add(BruteForce.instant(LocalDateTime.ofInstant(start, change.zone).plusDays(day), change.zone));
            }
            Occurrences daily = Occurrences.of(Frequency.DAILY, start, null, change.zone);
            assertThat(daily.list(start, expected.size())).as("daily at %s in %s", time, change.zone).containsExactlyElementsOf(expected);
            for (Instant at : expected) {
                assertThat(daily.next(at.minusNanos(1))).contains(at);
                assertThat(daily.latest(at)).contains(at);
                assertThat(daily.latest(at.minusNanos(1)).orElse(null)).isEqualTo(expected.lower(at));
            }
            assertThat(daily.count(start, expected.last())).isEqualTo(expected.size() - 1);
        }
    }

    /** Several times of day that a gap puts out of order and on top of each other. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Europe/Berlin | 2026-03-27 | 0,10,15,30,45", "Australia/Lord_Howe | 2026-10-02 | 0,10,15,30,45",
            "Australia/Lord_Howe | 2026-10-02 | 0,20,35", "Antarctica/Troll | 2026-03-27 | 0,30",
            "Pacific/Apia | 2011-12-28 | 0,10,15,30,45",
            "Asia/Beirut | 2026-03-27 | 0,10,15,30,45", "America/Sao_Paulo | 2018-11-02 | 0,10,15,30,45",
            "Europe/Berlin | 2026-10-23 | 0,10,15,30,45"})
    void occurrencesAreInOrderAndOnceAlsoWhereAGapMovesThem(String zoneName, LocalDate from, String minutes) {
        ZoneId zone = ZoneId.of(zoneName);
        String rule = "FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=" + minutes;
        LocalDateTime begin = from.atTime(0, 0);
        TreeSet<Instant> expected = new TreeSet<>();
        new BruteForce(rule, begin).until(from.plusDays(4)).forEach(time -> expected.add(BruteForce.instant(time, zone)));
        Instant start = begin.atZone(zone).toInstant();
        Occurrences occurrences = Occurrences.of(RecurrenceRule.parse(rule), start, null, zone);
        assertThat(occurrences.list(start, expected.size())).containsExactlyElementsOf(expected);
        for (Instant at : expected) {
            assertThat(occurrences.latest(at)).contains(at);
            assertThat(occurrences.next(at).orElse(null)).isEqualTo(expected.higher(at) == null
                    ? occurrences.next(expected.last()).orElseThrow()
                    : expected.higher(at));
            assertThat(occurrences.latest(at.minusNanos(1)).orElse(null)).isEqualTo(expected.lower(at));
        }
    }

    @Test
    void whatTheClocksLeaveOutMovesOnAndWhatOccursTwiceRunsOnce() {
        assertThat(daily("2026-03-28T02:30:00+01:00", 3)).containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z",
                "2026-03-30T00:30:00Z");
        assertThat(daily("2026-10-24T02:30:00+02:00", 3)).containsExactly("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z",
                "2026-10-26T01:30:00Z");
        assertThat(daily("2026-10-25T02:30:00+01:00", 2)).as("the second 02:30, said by its offset").containsExactly("2026-10-25T01:30:00Z",
                "2026-10-26T01:30:00Z");
    }

    /** Rules at random, over six years, against a look at every day. */
    @Test
    void anyRuleIsWhatALookAtEveryDayFinds() {
        qt().withExamples(500).forAll(integers().between(0, 9_999_999)).check(seed -> {
            Random random = new Random(seed);
            LocalDateTime start = LocalDate.of(2019 + random.nextInt(8), 1, 1).plusDays(random.nextInt(366)).atTime(9, 30);
            String text = randomRule(random);
            List<LocalDateTime> expected = new BruteForce(text, start).until(start.toLocalDate().plusYears(6));
            Occurrences occurrences = Occurrences.of(RecurrenceRule.parse(text), start.toInstant(ZoneOffset.UTC), null, ZoneOffset.UTC);
            List<Instant> want = expected.stream().map(time -> time.toInstant(ZoneOffset.UTC)).toList();
            List<Instant> got = occurrences.list(start.toInstant(ZoneOffset.UTC), want.size());
            assertThat(got).as("%s from %s", text, start).isEqualTo(want);
            for (int n = 0; n < 5 && !want.isEmpty(); n++) {
                int i = random.nextInt(want.size());
                assertThat(occurrences.latest(want.get(i))).as("%s from %s", text, start).contains(want.get(i));
                assertThat(occurrences.next(want.get(i).minusSeconds(1))).as("%s from %s", text, start).contains(want.get(i));
            }
            return true;
        });
    }

    private static String randomRule(Random random) {
        String freq = List.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY").get(random.nextInt(4));
        List<String> parts = new ArrayList<>(List.of("FREQ=" + freq));
        boolean weeks = freq.equals("YEARLY") && random.nextInt(4) == 0;
        if (!weeks && random.nextInt(3) == 0) {
            parts.add("INTERVAL=" + (1 + random.nextInt(5)));
        }
        if (random.nextInt(4) == 0) {
            parts.add("COUNT=" + (1 + random.nextInt(30)));
        }
        if (random.nextInt(3) == 0) {
            parts.add("WKST=" + weekday(random));
        }
        boolean yearDays = freq.equals("YEARLY") && !weeks && random.nextInt(4) == 0;
        boolean monthDays = !freq.equals("WEEKLY") && !weeks && !yearDays && random.nextInt(3) == 0;
        if (weeks) {
            parts.add("BYWEEKNO=" + some(random, 52));
        }
        if (yearDays) {
            parts.add("BYYEARDAY=" + some(random, 365));
        }
        if (monthDays) {
            parts.add("BYMONTHDAY=" + some(random, 31));
        }
        boolean months = !weeks && !yearDays && random.nextInt(3) == 0;
        if (months) {
            parts.add("BYMONTH=" + (1 + random.nextInt(12)) + "," + (1 + random.nextInt(12)));
        }
        boolean days = random.nextInt(2) == 0;
        if (days) {
            boolean numbered = (freq.equals("MONTHLY") || freq.equals("YEARLY") && !weeks && !yearDays) && !monthDays
                    && random.nextBoolean();
            parts.add("BYDAY=" + (numbered ? some(random, 4).split(",")[0] : "") + weekday(random) + "," + weekday(random));
        }
        if ((days || monthDays || yearDays) && !weeks && !(freq.equals("WEEKLY") && months) && random.nextInt(4) == 0) {
            parts.add("BYSETPOS=" + some(random, 3));
        }
        return String.join(";", parts);
    }

    private static String some(Random random, int max) {
        int one = (1 + random.nextInt(max)) * (random.nextInt(3) == 0 ? -1 : 1);
        return one + (random.nextBoolean() ? "," + (1 + random.nextInt(max)) : "");
    }

    private static String weekday(Random random) {
        return List.of("MO", "TU", "WE", "TH", "FR", "SA", "SU").get(random.nextInt(7));
    }

    @Test
    void aMonthlyCampaignRunsOnTheLastDayOfMonthsThatAreTooShort() {
        for (int day = 1; day <= 31; day++) {
            LocalDate start = LocalDate.of(2027, 1, day);
            List<LocalDate> expected = new ArrayList<>();
            for (int month = 0; month < 40; month++) {
                expected.add(start.plusMonths(month));
            }
            Instant begin = start.atTime(9, 0).atZone(BERLIN).toInstant();
            assertThat(Occurrences.of(Frequency.MONTHLY, begin, null, BERLIN).list(begin, 40)).as("from the %d", day)
                    .extracting(at -> at.atZone(BERLIN).toLocalDate()).isEqualTo(expected);
        }
    }

    @Test
    void aWeeklyCampaignKeepsItsWeekdayAndItsTimeOfDay() {
        Instant start = Instant.parse("2026-01-05T08:00:00Z");
        assertThat(Occurrences.of(Frequency.WEEKLY, start, null, BERLIN).list(start, 60))
                .allSatisfy(at -> assertThat(at.atZone(BERLIN).toLocalTime()).isEqualTo(LocalTime.of(9, 0)))
                .allSatisfy(at -> assertThat(at.atZone(BERLIN).getDayOfWeek()).isEqualTo(java.time.DayOfWeek.MONDAY)).hasSize(60);
    }

    @Test
    void onlyWhatMatchesCounts() {
        Instant tuesday = Instant.parse("2026-01-06T09:00:00Z");
        Occurrences mondays = Occurrences.of(RecurrenceRule.parse("FREQ=WEEKLY;BYDAY=MO;COUNT=2"), tuesday, null, ZoneOffset.UTC);
        assertThat(mondays.list(tuesday, 9)).containsExactly(Instant.parse("2026-01-12T09:00:00Z"), Instant.parse("2026-01-19T09:00:00Z"));
    }

    @Test
    void untilIsADateALocalTimeOrAnInstant() {
        assertThat(lastInBerlin("20260703")).isEqualTo("2026-07-03T07:00:00Z");
        assertThat(lastInBerlin("20260703T090000")).isEqualTo("2026-07-03T07:00:00Z");
        assertThat(lastInBerlin("20260703T085959")).isEqualTo("2026-07-02T07:00:00Z");
        assertThat(lastInBerlin("20260703T070000Z")).isEqualTo("2026-07-03T07:00:00Z");
        assertThat(lastInBerlin("20260703T065959Z")).isEqualTo("2026-07-02T07:00:00Z");
    }

    private static String lastInBerlin(String until) {
        Occurrences occurrences = Occurrences.of(RecurrenceRule.parse("FREQ=DAILY;UNTIL=" + until), Instant.parse("2026-07-01T07:00:00Z"),
                null, BERLIN);
        List<Instant> all = occurrences.list(Instant.EPOCH, 50);
        Instant last = all.get(all.size() - 1);
        assertThat(occurrences.latest(Instant.parse("2050-01-01T00:00:00Z"))).contains(last);
        assertThat(occurrences.next(last)).isEmpty();
        return last.toString();
    }

    @Test
    void nothingRunsAtOrAfterTheEnd() {
        Instant start = Instant.parse("2026-07-01T07:00:00Z");
        Instant end = start.plus(Duration.ofDays(3));
        assertThat(Occurrences.of(Frequency.DAILY, start, end, BERLIN).list(start, 9)).hasSize(3);
        assertThat(Occurrences.of(Frequency.DAILY, start, end.plusMillis(1), BERLIN).list(start, 9)).hasSize(4);
        assertThat(Occurrences.of(Frequency.DAILY, start, end, BERLIN).latest(end.plusSeconds(9))).contains(end.minus(Duration.ofDays(1)));
    }

    @Test
    void aOneOffIsItsStart() {
        Instant start = Instant.parse("2026-10-25T01:30:00.123Z");
        assertThat(Occurrences.once(start, BERLIN).list(Instant.EPOCH, 9)).containsExactly(start);
        assertThat(Occurrences.once(start, BERLIN).next(start)).isEmpty();
    }

    @Test
    void leapDaysAreRareAndFound() {
        Instant start = Instant.parse("2024-02-29T09:00:00Z");
        Occurrences leapDays = Occurrences.of(RecurrenceRule.parse("FREQ=YEARLY"), start, null, ZoneOffset.UTC);
        assertThat(leapDays.next(start)).contains(Instant.parse("2028-02-29T09:00:00Z"));
        Occurrences sundays = Occurrences.of(RecurrenceRule.parse("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=SU"),
                Instant.parse("2088-03-01T09:00:00Z"), null, ZoneOffset.UTC);
        assertThat(sundays.first()).contains(Instant.parse("2128-02-29T09:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
            "FREQ=DAILY;UNTIL=20200101", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=9"})
    void aRuleWithoutAnyOccurrenceIsFoundOutSoon(String rule) {
        long begun = System.nanoTime();
        Occurrences none = Occurrences.of(RecurrenceRule.parse(rule), Instant.parse("2026-01-01T09:00:00Z"), null, BERLIN);
        assertThat(none.first()).isEmpty();
        assertThat(none.latest(Instant.parse("2060-01-01T00:00:00Z"))).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aStartLongAgoCostsNothing() {
        Occurrences daily = Occurrences.of(RecurrenceRule.parse("FREQ=DAILY"), Instant.parse("1971-01-01T09:00:00Z"), null, BERLIN);
        Instant now = Instant.parse("2030-06-01T12:00:00Z");
        daily.next(now);
        long begun = System.nanoTime();
        for (int i = 0; i < 500; i++) {
            assertThat(daily.next(now)).contains(Instant.parse("2030-06-02T08:00:00Z"));
            assertThat(daily.latest(now)).contains(Instant.parse("2030-06-01T08:00:00Z"));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(daily.count(Instant.parse("1990-01-01T00:00:00Z"), now)).isEqualTo(Occurrences.MAX_COUNTED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"FREQ=HOURLY | FREQ of DAILY", "FREQ=MINUTELY | FREQ of DAILY", "FREQ=SECONDLY | FREQ of DAILY",
            "BYDAY=MO | must say FREQ", "every monday | parts like", "FREQ=DAILY; | parts like", "FREQ=DAILY;FREQ=WEEKLY | FREQ twice",
            "FREQ=FORTNIGHTLY | a FREQ that cannot be used", "FREQ=DAILY;COUNT=0 | a COUNT that",
            "FREQ=DAILY;COUNT=1001 | COUNT of up to 1,000",
            "FREQ=DAILY;INTERVAL=0 | INTERVAL that", "FREQ=DAILY;INTERVAL=400 | INTERVAL of up to 366",
            "FREQ=DAILY;COUNT=2;UNTIL=20300101 | not both", "FREQ=DAILY;UNTIL=20300231 | an UNTIL that is no date",
            "FREQ=DAILY;UNTIL=soon | UNTIL",
            "FREQ=WEEKLY;BYDAY=XX | BYDAY", "FREQ=WEEKLY;BYDAY=2MO | with numbers", "FREQ=DAILY;BYDAY=1MO | with numbers",
            "FREQ=MONTHLY;BYMONTHDAY=32 | BYMONTHDAY", "FREQ=MONTHLY;BYMONTHDAY=0 | BYMONTHDAY",
            "FREQ=WEEKLY;BYMONTHDAY=3 | not with FREQ=WEEKLY",
            "FREQ=DAILY;BYSETPOS=1 | another BY part", "FREQ=DAILY;BYSECOND=1 | not supported", "FREQ=DAILY;RSCALE=HEBREW | not supported",
            "FREQ=DAILY;X-FOO=1 | not supported", "FREQ=MONTHLY;BYYEARDAY=1 | only with FREQ=YEARLY", "FREQ=DAILY;BYHOUR=24 | BYHOUR",
            "FREQ=YEARLY;BYWEEKNO=3;BYMONTH=1 | not with BYMONTH", "FREQ=YEARLY;BYMONTH=13 | BYMONTH",
            "FREQ=DAILY;BYHOUR=8,9,10,11,12;BYMINUTE=0,10,20,30,40 | up to 24 times a day"})
    void whatMakesNoSenseIsRefusedWithASentence(String rule, String expected) {
        assertThatThrownBy(() -> RecurrenceRule.parse(rule)).isInstanceOf(RecurrenceException.class)
                .hasMessageContaining(expected);
    }

    @Test
    void aRuleMayBeWrittenAsInACalendarFile() {
        assertThat(RecurrenceRule.parse("rrule:freq=weekly;byday=mo").toString()).isEqualTo("FREQ=WEEKLY;BYDAY=MO");
    }

    private static List<String> daily(String start, int n) {
        Instant begin = java.time.OffsetDateTime.parse(start).toInstant();
        return Occurrences.of(Frequency.DAILY, begin, null, BERLIN).list(begin, n).stream().map(Instant::toString).toList();
    }
}
