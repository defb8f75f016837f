package org.campaignrecovery.api.schedule;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.campaign.CampaignType;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;

/** How punctual the starts of this process are, and what it was too late for. Every series is there from the start. */
@Startup
@ApplicationScoped
class StartMeters {
    private final Timer delay;
    private final Map<CampaignType, Counter> missed = new EnumMap<>(CampaignType.class);

    StartMeters(MeterRegistry registry) {
        delay = Timer.builder("campaign.due.delay").description("From the instant at which a campaign could begin to its start")
                .serviceLevelObjectives(ofMillis(100), ofMillis(250), ofMillis(500), ofSeconds(1), ofSeconds(2), ofSeconds(5),
                        ofSeconds(30), ofMinutes(5), ofMinutes(60))
                .register(registry);
        for (CampaignType type : CampaignType.values()) {
            missed.put(type, Counter.builder("campaign.missed").description("Occurrences that were noticed too late to begin")
                    .tag("type", type.wire()).register(registry));
        }
    }

    /** @param approvedAt or null; before that nothing could begin */
    void started(Instant scheduledFor, Instant approvedAt, Instant startedAt) {
        Instant from = approvedAt != null && approvedAt.isAfter(scheduledFor) ? approvedAt : scheduledFor;
        delay.record(Duration.between(from, startedAt));
    }

    void missed(CampaignType type) {
        missed.get(type).increment();
    }
}
