package org.campaignrecovery.api.doctor;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.presence.PresenceDocument;

import io.smallrye.mutiny.Uni;

/** Whether the machines agree about the time. Starts go by the ledger's clock, but logs, sessions and mails by the machine's own. */
@ApplicationScoped
class ClocksCheck implements DoctorCheck {
    private static final long NOTABLE_MILLIS = 1_000;
    private static final long WRONG_MILLIS = 5_000;

    private final Processes processes;

    ClocksCheck(Processes processes) {
        this.processes = processes;
    }

    @Override
    public Subject subject() {
        return Subject.CLOCKS;
    }

    @Override
    public Uni<Finding> look() {
        return processes.seen().map(ClocksCheck::judge);
    }

    static Finding judge(SeenProcesses seen) {
        List<PresenceDocument> known = seen.alive(process -> process.clockOffsetMillis() != null);
        List<Finding> wrong = known.stream().filter(process -> Math.abs(process.clockOffsetMillis()) > NOTABLE_MILLIS)
                .map(ClocksCheck::off).toList();
        long worst = known.stream().mapToLong(process -> Math.abs(process.clockOffsetMillis())).max().orElse(0);
        return wrong.isEmpty()
                ? Finding.ok("%d process(es) within %d ms of the ledger's clock".formatted(known.size(), worst))
                : Finding.of(wrong);
    }

    private static Finding off(PresenceDocument process) {
        long offset = process.clockOffsetMillis();
        String sentence = "the clock of %s is %.1f s %s the ledger's".formatted(SeenProcesses.name(process), Math.abs(offset) / 1_000.0,
                offset > 0 ? "ahead of" : "behind");
        String recommendation = "Let NTP (chrony, systemd-timesyncd) set the clocks of that machine and of the ledger's server.";
        return Math.abs(offset) > WRONG_MILLIS
                ? Finding.failure(sentence, recommendation)
                : Finding.warning(sentence, recommendation);
    }
}
