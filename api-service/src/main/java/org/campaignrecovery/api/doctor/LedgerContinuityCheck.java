package org.campaignrecovery.api.doctor;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.ledger.generation.GenerationDocument;
import org.campaignrecovery.ledger.generation.GenerationRepository;

import io.smallrye.mutiny.Uni;

/** Whether the ledger goes on from where it was, or was restored from a backup. */
@ApplicationScoped
class LedgerContinuityCheck implements DoctorCheck {
    private final GenerationRepository generations;
    private final Continuity continuity;

    LedgerContinuityCheck(GenerationRepository generations, Continuity continuity) {
        this.generations = generations;
        this.continuity = continuity;
    }

    @Override
    public Subject subject() {
        return Subject.LEDGER_CONTINUITY;
    }

    @Override
    public Uni<Finding> look() {
        return generations.current().map(document -> document == null || continuity.position() == null
                ? Finding.warning(continuity.obstacle().orElse("it is not known yet where the ledger stands"),
                        "See that Kafka runs; without it, that an api works which was there before.")
                : judge(document));
    }

    static Finding judge(GenerationDocument document) {
        if (document.held()) {
            return Finding.failure(Continuity.sentence(document.hold()),
                    "Look at what is in doubt (GET /api/runs/{runId}/deliveries?state=in_doubt), then POST /api/ledger/confirm; see the "
                            + "runbook docs/runbooks/restore.md.");
        }
        String stands = "the ledger goes on from where it was (generation %d)".formatted(document.generation());
        return Finding.ok(document.hold() == null
                ? stands
                : "%s; it was restored, and confirmed by %s at %s".formatted(stands, document.hold().confirmedBy(),
                        document.hold().confirmedAt()));
    }
}
