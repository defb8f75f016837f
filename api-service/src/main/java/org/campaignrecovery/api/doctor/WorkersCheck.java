package org.campaignrecovery.api.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.presence.PresenceDocument;

import io.smallrye.mutiny.Uni;

/** Whether anybody sends. */
@ApplicationScoped
class WorkersCheck implements DoctorCheck {
    private static final String START = "Start a worker: make up WORKERS=1, or java -jar worker-service/target/quarkus-app/quarkus-run.jar.";

    private final Processes processes;

    WorkersCheck(Processes processes) {
        this.processes = processes;
    }

    @Override
    public Subject subject() {
        return Subject.WORKERS;
    }

    @Override
    public Uni<Finding> look() {
        return processes.seen().map(WorkersCheck::judge);
    }

    static Finding judge(SeenProcesses seen) {
        List<Finding> findings = new ArrayList<>();
        List<PresenceDocument> alive = seen.alive(PresenceDocument::isWorker);
        long hearing = alive.stream().filter(process -> Boolean.TRUE.equals(process.schedulers())).count();
        long sweeping = alive.stream().filter(process -> Boolean.TRUE.equals(process.sweeps())).count();
        if (alive.isEmpty()) {
            findings.add(Finding.failure("no worker is alive: nothing is sent", START));
        } else if (hearing == 0) {
            findings.add(Finding.failure("%d worker(s) alive, but none of them works (ENABLE_SCHEDULERS=false)".formatted(alive.size()),
                    "Start a worker with ENABLE_SCHEDULERS=true, which is the default."));
        } else if (sweeping == 0) {
            findings.add(Finding.warning("%d worker(s) alive, none of which sweeps (campaign.sweep.enabled=false)".formatted(alive.size()),
                    "Set campaign.sweep.enabled=true: without sweeps a lost event or a dead worker stops a campaign."));
        } else {
            findings.add(Finding.ok("%d worker(s) alive".formatted(alive.size())));
        }
        seen.silent(PresenceDocument::isWorker).forEach(process -> findings.add(Finding.warning(
                "%s has given no sign of life for %d s".formatted(SeenProcesses.name(process),
                        Duration.between(process.at(), seen.now()).toSeconds()),
                "See in its log why it was killed or froze; its work goes on elsewhere, and it is forgotten after an hour.")));
        return Finding.of(findings);
    }
}
