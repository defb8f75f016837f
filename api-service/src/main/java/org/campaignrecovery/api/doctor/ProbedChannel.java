package org.campaignrecovery.api.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.campaignrecovery.ledger.presence.PresenceDocument;
import org.campaignrecovery.ledger.presence.Reach;

/**
 * What the living workers say of their way to one provider.
 *
 * @param part the probe's name
 * @param title for people
 * @param recommendation when it cannot be reached
 */
record ProbedChannel(String part, String title, String recommendation) {

    Finding judge(SeenProcesses seen) {
        List<PresenceDocument> workers = seen.alive(PresenceDocument::isWorker);
        List<Finding> findings = new ArrayList<>();
        workers.forEach(worker -> {
            Reach reach = worker.reach().get(part);
            if (reach != null && reach.state() == Reach.State.FAILED) {
                findings.add(Finding.failure("%s: %s".formatted(SeenProcesses.name(worker), reach.sentence()), recommendation));
            }
        });
        if (!findings.isEmpty()) {
            return Finding.of(findings);
        }
        List<Reach> known = workers.stream().map(worker -> worker.reach().get(part)).filter(Objects::nonNull).toList();
        if (known.isEmpty()) {
            return Finding.warning("no living worker has looked at %s yet".formatted(title),
                    "Start a worker, or ask again in half a minute when one has just been started.");
        }
        return known.stream().filter(reach -> reach.state() == Reach.State.OFF).findFirst()
                .map(off -> Finding.ok(off.sentence()))
                .orElseGet(() -> Finding.ok("%d worker(s) reach %s".formatted(known.size(), title)));
    }
}
