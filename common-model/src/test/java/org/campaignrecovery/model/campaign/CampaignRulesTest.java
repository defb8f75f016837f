package org.campaignrecovery.model.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;

import org.campaignrecovery.model.guard.Change;
import org.campaignrecovery.model.guard.Condition;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.run.RunId;
import org.junit.jupiter.api.Test;

class CampaignRulesTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void onlyLegalChangesCanBeWritten() {
        for (CampaignStatus from : CampaignStatus.values()) {
            for (CampaignStatus to : CampaignStatus.values()) {
                if (from.canBecome(to)) {
                    assertThat(CampaignRules.change("c", from, 1, to, NOW).guard()).contains(new Condition.Equal("status", from),
                            new Condition.Equal("rev", 1L));
                } else {
                    assertThatIllegalArgumentException().isThrownBy(() -> CampaignRules.change("c", from, 1, to, NOW))
                            .withMessageContaining(from.wire());
                }
            }
        }
    }

    /** A replica that was frozen over Monday's start must not start Monday when Tuesday is armed. */
    @Test
    void aStartGuardsTheTimeThatWasSeen() {
        GuardedUpdate start = CampaignRules.start("c", 4, NOW, RunId.of("c", NOW), NOW);
        assertThat(start.guard()).contains(new Condition.Equal("nextRunAt", NOW), new Condition.Equal("rev", 4L),
                new Condition.Equal("status", CampaignStatus.SCHEDULED));
        assertThat(start.changes()).contains(new Change.Assign("current.runId", "c@" + NOW), new Change.Remove("nextRunAt"),
                new Change.Add("rev", 1));
    }

    @Test
    void aStartOfALaterOccurrenceGuardsTheOneThatWasSeen() {
        Instant later = NOW.plusSeconds(86_400);
        GuardedUpdate start = CampaignRules.startLatest("c", 4, NOW, RunId.of("c", later), later, later);
        assertThat(start.guard()).contains(new Condition.Equal("nextRunAt", NOW), new Condition.Equal("rev", 4L),
                new Condition.Equal("status", CampaignStatus.SCHEDULED));
        assertThat(start.changes()).contains(new Change.Assign("status", CampaignStatus.PROCESSING),
                new Change.Assign("current.runId", "c@" + later), new Change.Assign("current.scheduledFor", later),
                new Change.Assign("lastOccurrence", later), new Change.Remove("nextRunAt"), new Change.Add("rev", 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CampaignRules.missLatest("c", 4, later, RunId.of("c", NOW), NOW, later));
    }

    /** A replica that was frozen while the occurrence was missed must not start it, nor another miss it again. */
    @Test
    void aMissedOccurrenceLeavesARecurringCampaignScheduled() {
        Instant next = NOW.plusSeconds(86_400);
        GuardedUpdate missed = CampaignRules.passOver("c", 4, NOW, RunId.of("c", NOW), NOW, next, NOW);
        assertThat(missed.guard()).containsExactlyInAnyOrder(new Condition.Equal("_id", "c"), new Condition.Equal("nextRunAt", NOW),
                new Condition.Equal("rev", 4L), new Condition.Equal("status", CampaignStatus.SCHEDULED));
        assertThat(missed.changes()).contains(new Change.Assign("nextRunAt", next), new Change.Assign("lastOccurrence", NOW),
                new Change.Assign("lastMissed.runId", "c@" + NOW), new Change.Add("rev", 1))
                .noneMatch(change -> change.field().equals("status"));
    }

    @Test
    void rearmingGuardsTheRunAndHealingTheRevision() {
        assertThat(CampaignRules.rearm("c", "c@x", 4, NOW, NOW).guard()).contains(new Condition.Equal("current.runId", "c@x"),
                new Condition.Equal("status", CampaignStatus.PROCESSING), new Condition.Equal("rev", 4L));
        assertThat(CampaignRules.heal("c", 4, NOW, NOW).guard()).contains(new Condition.Equal("rev", 4L),
                new Condition.Equal("status", CampaignStatus.SCHEDULED));
        assertThat(CampaignRules.missedNoted("c", "c@x").guard()).contains(new Condition.Equal("lastMissed.runId", "c@x"));
    }

    /**
     * The revision too: somebody has added up the runs, or has found the run failed; late evidence changes a sum, or an operator has it run
     * now, meanwhile; the first one wakes.
     */
    @Test
    void leavingGuardsTheRunAndTheRevision() {
        GuardedUpdate leave = CampaignRules.leave("c", "c@x", CampaignStatus.COMPLETED, 4, NOW);
        assertThat(leave.guard()).contains(new Condition.Equal("current.runId", "c@x"),
                new Condition.Equal("status", CampaignStatus.PROCESSING), new Condition.Equal("rev", 4L));
        assertThatIllegalArgumentException().isThrownBy(() -> CampaignRules.leave("c", "c@x", CampaignStatus.DRAFT, 4, NOW));
        assertThat(CampaignRules.cancelledWith("c", 4, NOW).guard()).contains(new Condition.Equal("status", CampaignStatus.CANCELLED),
                new Condition.Equal("rev", 4L));
        assertThat(CampaignRules.recounted("c", 4).changes()).containsExactly(new Change.Add("rev", 1));
    }
}
