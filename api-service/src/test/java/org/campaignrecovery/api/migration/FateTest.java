package org.campaignrecovery.api.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.campaignrecovery.api.migration.TestOldCampaigns.of;
import static org.campaignrecovery.api.migration.TestOldCampaigns.with;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.campaignrecovery.api.problem.FieldError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of docs/moving-in.md. */
class FateTest {
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final List<FieldError> SOUND = List.of();
    private static final List<FieldError> UNSOUND = List.of(new FieldError("email.html", "has a hole"));
    private static final Map<String, Object> SENT = Map.of("email", "a@x.org", "status", "sent");
    private static final Map<String, Object> OPEN = Map.of("email", "b@x.org", "status", "pending");

    static Stream<Arguments> table() {
        return Stream.of(row("draft", SOUND, "draft", null, null), row("draft", UNSOUND, "draft", null, null),
                row("rejected", SOUND, "rejected", null, null), row("rejected", UNSOUND, "rejected", null, null),
                row("pending_approval", SOUND, "pending_approval", null, null), row("pending_approval", UNSOUND, "draft", null, null),
                row("approved", SOUND, "approved", null, null), row("approved", UNSOUND, "draft", null, null),
                row("scheduled", SOUND, "approved", null, null), row("scheduled", UNSOUND, "draft", null, null),
                row("processing", SOUND, "paused", "processing", "planning"), row("processing", UNSOUND, "failed", null, "failed"),
                row("running", SOUND, "paused", "processing", "planning"), row("running", UNSOUND, "failed", null, "failed"),
                row("paused", SOUND, "paused", "scheduled", null), row("paused", UNSOUND, "draft", null, null),
                row("completed", SOUND, "completed", null, null), row("completed", UNSOUND, "completed", null, null),
                row("cancelled", SOUND, "cancelled", null, null), row("failed", UNSOUND, "failed", null, null));
    }

    private static Arguments row(String old, List<FieldError> findings, String status, String pausedFrom, String run) {
        return Arguments.of(old, findings, status, pausedFrom, run);
    }

    @ParameterizedTest(name = "{0} {1} -> {2} {3} {4}")
    @MethodSource("table")
    void ofOneThatSaysNothingOfWhatWasSent(String old, List<FieldError> findings, String status, String pausedFrom, String run) {
        assertFate(fate(of(old), findings), status, pausedFrom, run);
    }

    static Stream<Arguments> begun() {
        return Stream.of(row("draft", SOUND, "draft", null, null), row("approved", SOUND, "paused", "processing", "planning"),
                row("scheduled", SOUND, "paused", "processing", "planning"), row("processing", SOUND, "paused", "processing", "planning"),
                row("running", SOUND, "paused", "processing", "planning"), row("paused", SOUND, "paused", "processing", "planning"),
                row("paused", UNSOUND, "failed", null, "failed"), row("completed", SOUND, "completed", null, "completed"),
                row("cancelled", SOUND, "cancelled", null, "cancelled"), row("failed", SOUND, "failed", null, "failed"));
    }

    @ParameterizedTest(name = "{0} {1} -> {2} {3} {4}")
    @MethodSource("begun")
    void ofOneThatHasReachedSomebody(String old, List<FieldError> findings, String status, String pausedFrom, String run) {
        assertFate(fate(with(of(old), "recipients", List.of(SENT, OPEN)), findings), status, pausedFrom, run);
    }

    @Test
    void ofARunningOneThatHasReachedEverybodyDependsOnItsEnd() {
        Map<String, Object> old = with(with(of("running"), "emailsSent", 2), "smsSent", 2);
        assertFate(fate(old, SOUND), "completed", null, "completed");
        assertFate(fate(with(old, "endDate", "2035-02-01T00:00:00Z"), SOUND), "running", null, "completed");
        assertFate(fate(with(old, "smsSent", 1), SOUND), "paused", "processing", "planning");
        assertFate(fate(with(old, "performance", Map.of("failed", 1)), SOUND), "running", null, "completed");
    }

    @Test
    void ofARecurringOne() {
        for (String status : List.of("approved", "scheduled", "running")) {
            Map<String, Object> daily = with(with(of(status), "frequency", "daily"), "lastExecuted", "2026-11-23T08:00:00Z");
            assertFate(fate(daily, SOUND), "approved", null, null);
            assertFate(fate(daily, UNSOUND), "draft", null, null);
            assertFate(fate(with(daily, "emailsSent", 40), SOUND), "approved", null, "completed");
        }
        Map<String, Object> interrupted = with(of("processing"), "frequency", "daily");
        assertFate(fate(interrupted, SOUND), "paused", "processing", "planning");
        assertFate(fate(with(with(of("running"), "frequency", "daily"), "recipients", List.of(SENT, OPEN)), SOUND), "paused", "processing",
                "planning");
        assertFate(fate(with(of("paused"), "frequency", "weekly"), SOUND), "pending_approval", null, null);
    }

    @Test
    void datesThatHavePassedDoNotLoseAnInterruptedOne() {
        List<FieldError> past = List.of(new FieldError("endDate", "is in the past"));
        Fate fate = fate(with(of("processing"), "endDate", "2026-11-01T00:00:00Z"), past);
        assertFate(fate, "paused", "processing", "planning");
        assertThat(fate.notes()).anyMatch(note -> note.contains("what is left of it is cancelled"));
        assertFate(fate(of("approved"), past), "draft", null, null);
    }

    @Test
    void saysThatPeopleWouldGetItTwiceExactlyWhenNobodyKnowsWhomItReached() {
        assertThat(fate(with(of("processing"), "emailsSent", 50), SOUND).notes()).contains("it may have reached people (50 messages sent"
                + " according to its counts) and does not say whom: when it is resumed, they get it a second time; cancel it unless that is"
                + " wanted");
        assertThat(fate(with(with(of("processing"), "emailsSent", 50), "recipients", List.of(SENT)), SOUND).notes())
                .noneMatch(note -> note.contains("second time"));
        assertThat(fate(with(of("failed"), "emailsSent", 50), SOUND).notes()).anyMatch(note -> note.contains("when it is run again"));
        assertThat(fate(of("failed"), SOUND).notes()).isEmpty();
    }

    private static Fate fate(Map<String, Object> old, List<FieldError> findings) {
        return Fate.of(TestOldCampaigns.read(old), findings, NOW);
    }

    private static void assertFate(Fate fate, String status, String pausedFrom, String run) {
        assertThat(fate.status().wire()).isEqualTo(status);
        assertThat(fate.pausedFrom() == null ? null : fate.pausedFrom().wire()).isEqualTo(pausedFrom);
        assertThat(fate.run() == null ? null : fate.run().wire()).isEqualTo(run);
    }
}
