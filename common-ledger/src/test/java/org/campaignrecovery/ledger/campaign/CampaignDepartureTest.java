package org.campaignrecovery.ledger.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.ledger.campaign.CampaignDeparture.Destination;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.campaign.CampaignType;
import org.campaignrecovery.model.run.RunState;
import org.junit.jupiter.api.Test;

class CampaignDepartureTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void aCompletedRunLeadsToRunningUntilTheEndDate() {
        assertThat(after(RunState.COMPLETED, bulk(null))).isEqualTo(new Destination(CampaignStatus.COMPLETED, null, 0));
        assertThat(after(RunState.COMPLETED, bulk(NOW))).isEqualTo(new Destination(CampaignStatus.COMPLETED, null, 0));
        assertThat(after(RunState.COMPLETED, bulk(NOW.plusMillis(1)))).isEqualTo(new Destination(CampaignStatus.RUNNING, null, 0));
    }

    @Test
    void aFailedRunFailsItsCampaignAndAnOpenOneLeavesItWhereItIs() {
        assertThat(after(RunState.FAILED, bulk(null))).isEqualTo(new Destination(CampaignStatus.FAILED, null, 0));
        assertThat(after(RunState.FAILED, daily(NOW, null))).isEqualTo(new Destination(CampaignStatus.FAILED, null, 0));
        for (RunState open : List.of(RunState.PLANNING, RunState.SENDING, RunState.CANCELLED, RunState.MISSED)) {
            assertThat(after(open, bulk(null))).isNull();
            assertThat(after(open, daily(NOW, null))).isNull();
        }
        assertThat(after(RunState.COMPLETED, null)).as("no such campaign").isNull();
    }

    @Test
    void aRecurringCampaignGoesOnAfterTheLatestOccurrenceThatWasHandled() {
        Instant yesterday = NOW.minus(Duration.ofDays(1));
        assertThat(after(RunState.COMPLETED, daily(NOW, null))).isEqualTo(
                new Destination(CampaignStatus.SCHEDULED, NOW.plus(Duration.ofDays(1)), 0));
        assertThat(after(RunState.COMPLETED, daily(yesterday, null))).as("the next one has been waiting for the run to end").isEqualTo(
                new Destination(CampaignStatus.SCHEDULED, NOW, 0));
        CampaignDocument neverRun = daily(null, null);
        assertThat(after(RunState.COMPLETED, neverRun)).as("run by hand only").isEqualTo(
                new Destination(CampaignStatus.SCHEDULED, neverRun.startDate, 0));
    }

    @Test
    void aRecurringCampaignEndsWithItsLastOccurrence() {
        CampaignDocument counted = daily(NOW, null);
        counted.schedule = new CampaignDocument.Schedule(null, "FREQ=DAILY;COUNT=11");
        assertThat(after(RunState.COMPLETED, counted)).isEqualTo(new Destination(CampaignStatus.COMPLETED, null, 0));
        assertThat(after(RunState.COMPLETED, daily(NOW, NOW.plus(Duration.ofHours(3))))).as("nothing left before its end date").isEqualTo(
                new Destination(CampaignStatus.RUNNING, null, 0));
        assertThat(after(RunState.COMPLETED, daily(NOW.minus(Duration.ofDays(3)), NOW))).as("its end date has passed meanwhile").isEqualTo(
                new Destination(CampaignStatus.COMPLETED, null, 0));
    }

    @Test
    void performanceIsTheSumOverRunsWithTotals() {
        RunDocument first = run(RunState.COMPLETED);
        first.totals = Map.of("email", Map.of("sent", 3L, "failed", 1L), "sms", Map.of("sent", 2L, "in_doubt", 1L));
        first.firstSentAt = NOW;
        first.lastSentAt = NOW.plusSeconds(9);
        RunDocument second = run(RunState.COMPLETED);
        second.totals = Map.of("email", Map.of("sent", 1L));
        second.firstSentAt = NOW.plusSeconds(5);
        second.lastSentAt = NOW.plusSeconds(6);
        assertThat(CampaignDeparture.performance(List.of(first, run(RunState.PLANNING), second)))
                .isEqualTo(new CampaignDocument.Performance(2, 8, 6, 1, 1, NOW, NOW.plusSeconds(9)));
    }

    private static Destination after(RunState state, CampaignDocument campaign) {
        return CampaignDeparture.destination(run(state), campaign, NOW).orElse(null);
    }

    private static RunDocument run(RunState state) {
        RunDocument run = new RunDocument();
        run.state = state;
        return run;
    }

    private static CampaignDocument bulk(Instant endDate) {
        CampaignDocument campaign = new CampaignDocument();
        campaign.type = CampaignType.BULK;
        campaign.startDate = NOW.minus(Duration.ofDays(10));
        campaign.endDate = endDate;
        campaign.timeZone = "UTC";
        return campaign;
    }

    private static CampaignDocument daily(Instant lastOccurrence, Instant endDate) {
        CampaignDocument campaign = bulk(endDate);
        campaign.type = CampaignType.RECURRING;
        campaign.schedule = new CampaignDocument.Schedule("daily", null);
        campaign.lastOccurrence = lastOccurrence;
        return campaign;
    }
}
