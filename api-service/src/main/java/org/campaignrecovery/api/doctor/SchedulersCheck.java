package org.campaignrecovery.api.doctor;

import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.api.schedule.SweepConfig;
import org.campaignrecovery.ledger.presence.PresenceDocument;

import io.smallrye.mutiny.Uni;

/** Whether anybody starts campaigns. */
@ApplicationScoped
class SchedulersCheck implements DoctorCheck {
    private static final String START = "Start an api with ENABLE_SCHEDULERS=true, which is the default.";

    private final Processes processes;
    private final ScheduleConfig schedule;
    private final SweepConfig sweeps;

    SchedulersCheck(Processes processes, ScheduleConfig schedule, SweepConfig sweeps) {
        this.processes = processes;
        this.schedule = schedule;
        this.sweeps = sweeps;
    }

    @Override
    public Subject subject() {
        return Subject.SCHEDULERS;
    }

    @Override
    public Uni<Finding> look() {
        return processes.seen().map(seen -> judge(seen, schedule.enabled(), sweeps.enabled()));
    }

    static Finding judge(SeenProcesses seen, boolean onHere, boolean sweepsHere) {
        List<PresenceDocument> on = seen.alive(process -> process.isApi() && Boolean.TRUE.equals(process.schedulers()));
        String here = onHere ? "this one has its schedulers on" : "this one has them off (ENABLE_SCHEDULERS=false)";
        if (on.isEmpty() && !onHere) {
            return Finding.failure("no api process with schedulers on is alive, and " + here + ": no campaign starts", START);
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("%d api process(es) start campaigns; %s".formatted(Math.max(on.size(), onHere ? 1 : 0), here)));
        if (onHere && !sweepsHere) {
            findings.add(Finding.warning("the sweeps of this process are off (campaign.sweep.enabled=false)",
                    "Set campaign.sweep.enabled=true: without sweeps nobody finishes what a dead process began."));
        }
        seen.silent(PresenceDocument::isApi).forEach(process -> findings.add(Finding.ok(SeenProcesses.name(process) + " has gone")));
        return Finding.of(findings);
    }
}
