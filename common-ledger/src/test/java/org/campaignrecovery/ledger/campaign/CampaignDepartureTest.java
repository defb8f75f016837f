package org.campaignrecovery.ledger.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.run.RunState;
import org.junit.jupiter.api.Test;

class CampaignDepartureTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void aCompletedRunLeadsToRunningUntilTheEndDate() {
        assertThat(CampaignDeparture.destination(run(RunState.COMPLETED, null), NOW)).contains(CampaignStatus.COMPLETED);
        assertThat(CampaignDeparture.destination(run(RunState.COMPLETED, NOW), NOW)).contains(CampaignStatus.COMPLETED);
        assertThat(CampaignDeparture.destination(run(RunState.COMPLETED, NOW.plusMillis(1)), NOW)).contains(CampaignStatus.RUNNING);
    }

    @Test
    void aFailedRunFailsItsCampaignAndAnOpenOneLeavesItWhereItIs() {
        assertThat(CampaignDeparture.destination(run(RunState.FAILED, null), NOW)).contains(CampaignStatus.FAILED);
        for (RunState open : List.of(RunState.PLANNING, RunState.SENDING, RunState.CANCELLED, RunState.MISSED)) {
            assertThat(CampaignDeparture.destination(run(open, null), NOW)).isEmpty();
        }
    }

    @Test
    void performanceIsTheSumOverRunsWithTotals() {
        RunDocument first = run(RunState.COMPLETED, null);
        first.totals = Map.of("email", Map.of("sent", 3L, "failed", 1L), "sms", Map.of("sent", 2L, "in_doubt", 1L));
        first.firstSentAt = NOW;
        first.lastSentAt = NOW.plusSeconds(9);
        RunDocument second = run(RunState.COMPLETED, null);
        second.totals = Map.of("email", Map.of("sent", 1L));
        second.firstSentAt = NOW.plusSeconds(5);
        second.lastSentAt = NOW.plusSeconds(6);
        assertThat(CampaignDeparture.performance(List.of(first, run(RunState.PLANNING, null), second)))
                .isEqualTo(new CampaignDocument.Performance(2, 8, 6, 1, 1, NOW, NOW.plusSeconds(9)));
    }

    private static RunDocument run(RunState state, Instant endDate) {
        RunDocument run = new RunDocument();
        run.state = state;
        run.frozen = new RunDocument.Frozen(List.of(), null, null, null, null, endDate, "UTC", "US", 1);
        return run;
    }
}
