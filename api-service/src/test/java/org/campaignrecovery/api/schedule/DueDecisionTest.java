package org.campaignrecovery.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.junit.jupiter.api.Test;

/** The due decision under a clock that moves. */
class DueDecisionTest {
    private static final Instant DUE = Instant.parse("2030-01-01T09:00:00Z");

    @Test
    void aSecondIsOnTime() {
        assertThat(at(Duration.ZERO)).isEqualTo(new DueDecision(false, null));
        assertThat(at(Duration.ofSeconds(2))).isEqualTo(new DueDecision(false, null));
    }

    @Test
    void withinTheWindowItIsOverdue() {
        assertThat(at(Duration.ofHours(2))).isEqualTo(new DueDecision(false, 7_200L));
        assertThat(at(Duration.ofHours(6))).isEqualTo(new DueDecision(false, 21_600L));
    }

    @Test
    void beyondItIsMissed() {
        assertThat(at(Duration.ofHours(6).plusMillis(1))).isEqualTo(new DueDecision(true, 21_600L));
    }

    @Test
    void theWindowCountsFromALaterApproval() {
        CampaignDocument campaign = campaign();
        campaign.approvedAt = DUE.plus(Duration.ofDays(2));
        assertThat(DueDecision.of(campaign, DUE, DUE.plus(Duration.ofDays(2)).plusSeconds(1)).missed()).isFalse();
        assertThat(DueDecision.of(campaign, DUE, DUE.plus(Duration.ofDays(2)).plus(Duration.ofHours(7))).missed()).isTrue();
    }

    @Test
    void aStartThatWasDecidedOnIsOnlyLate() {
        assertThat(DueDecision.late(DUE, DUE.plusSeconds(1))).isNull();
        assertThat(DueDecision.late(DUE, DUE.minusSeconds(1))).isNull();
        assertThat(DueDecision.late(DUE, DUE.plus(Duration.ofDays(400)))).isEqualTo(Duration.ofDays(400).toSeconds());
    }

    private static DueDecision at(Duration late) {
        return DueDecision.of(campaign(), DUE, DUE.plus(late));
    }

    private static CampaignDocument campaign() {
        CampaignDocument campaign = new CampaignDocument();
        campaign.approvedAt = DUE.minusSeconds(3_600);
        campaign.delivery = CampaignDocument.Settings.DEFAULT;
        return campaign;
    }
}
