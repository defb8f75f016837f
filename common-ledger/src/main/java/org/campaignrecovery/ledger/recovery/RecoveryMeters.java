package org.campaignrecovery.ledger.recovery;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.Wire;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the recovery of this process comes to. A sweep asks for its counter when it is made, so that the series is there before it finds
 * anything.
 */
@ApplicationScoped
public class RecoveryMeters {
    private final MeterRegistry registry;

    RecoveryMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What was taken from a dead owner. */
    public enum Lease implements Wire {
        PLANNER("planner"),
        BATCH("batch");

        private final String wire;

        Lease(String wire) {
            this.wire = wire;
        }

        @Override
        public String wire() {
            return wire;
        }
    }

    /** Of leases that this process has taken over or freed: each counts once, where its guarded update won. */
    public Counter takeovers(Lease kind) {
        return Counter.builder("campaign.takeovers").description("Leases of dead owners that this process has taken over or freed")
                .tag("kind", kind.wire()).register(registry);
    }

    /** Of what a sweep found undone and did. */
    public Counter finds(String sweep) {
        return Counter.builder("campaign.sweep.finds").description("What a sweep of this process found undone and did")
                .tag("sweep", sweep).register(registry);
    }
}
