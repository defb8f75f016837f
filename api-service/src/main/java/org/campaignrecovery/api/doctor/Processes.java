package org.campaignrecovery.api.doctor;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.presence.PresenceConfig;
import org.campaignrecovery.ledger.presence.PresenceRepository;

import io.smallrye.mutiny.Uni;

/** Who is there. */
@ApplicationScoped
class Processes {
    private final PresenceRepository processes;
    private final LedgerClock clock;
    private final PresenceConfig config;

    Processes(PresenceRepository processes, LedgerClock clock, PresenceConfig config) {
        this.processes = processes;
        this.clock = clock;
        this.config = config;
    }

    Uni<SeenProcesses> seen() {
        return processes.all(clock.now()).map(all -> new SeenProcesses(all, clock.now(), config.staleAfter()));
    }
}
