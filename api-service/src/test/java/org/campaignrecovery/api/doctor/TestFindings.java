package org.campaignrecovery.api.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.ledger.presence.PresenceDocument;
import org.campaignrecovery.ledger.presence.Reach;

/** Processes as they would describe themselves, and settings. */
final class TestFindings {
    static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private TestFindings() {
    }

    static PresenceDocument process(String id, String service, boolean schedulers, Instant at, long offset, Map<String, Reach> reach) {
        return new PresenceDocument(id, service, "host", null, schedulers, schedulers, offset, reach, at, at);
    }

    static PresenceDocument worker(String id, Instant at) {
        return process(id, PresenceDocument.WORKER, true, at, 0, Map.of());
    }

    static SeenProcesses seen(PresenceDocument... processes) {
        return new SeenProcesses(List.of(processes), NOW, Duration.ofSeconds(15));
    }

    static DoctorConfig config(Duration timeout, long lag) {
        return new DoctorConfig() {
            @Override
            public Duration timeout() {
                return timeout;
            }

            @Override
            public int campaigns() {
                return 20;
            }

            @Override
            public int sample() {
                return 1_000;
            }

            @Override
            public long lag() {
                return lag;
            }
        };
    }
}
