package org.campaignrecovery.api.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.model.campaign.CampaignType;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

class StartMetersTest {
    private static final Instant DUE = Instant.parse("2030-01-01T08:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StartMeters meters = new StartMeters(registry);

    @Test
    void theDelayCountsFromTheDueTime() {
        meters.started(DUE, DUE.minusSeconds(3_600), DUE.plusMillis(300));
        meters.started(DUE, null, DUE.plusMillis(200));
        assertThat(total()).isEqualTo(500);
    }

    /** A start date in the past is legal: nobody is late before the approval. */
    @Test
    void orFromALaterApproval() {
        meters.started(DUE, DUE.plusSeconds(60), DUE.plusSeconds(61));
        assertThat(total()).isEqualTo(1_000);
    }

    @Test
    void whatIsMissedCountsByType() {
        meters.missed(CampaignType.BULK);
        assertThat(registry.get("campaign.missed").tag("type", "bulk").counter().count()).isEqualTo(1);
        assertThat(registry.get("campaign.missed").tag("type", "recurring").counter().count()).isZero();
    }

    private double total() {
        return registry.get("campaign.due.delay").timer().totalTime(TimeUnit.MILLISECONDS);
    }
}
