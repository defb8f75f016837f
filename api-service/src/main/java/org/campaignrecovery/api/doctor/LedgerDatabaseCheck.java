package org.campaignrecovery.api.doctor;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.startup.LedgerIndexes;

import io.smallrye.mutiny.Uni;

/** Whether the ledger answers, and has the indexes of its queries. */
@ApplicationScoped
class LedgerDatabaseCheck implements DoctorCheck {
    private final LedgerClock clock;
    private final LedgerIndexes indexes;

    LedgerDatabaseCheck(LedgerClock clock, LedgerIndexes indexes) {
        this.clock = clock;
        this.indexes = indexes;
    }

    @Override
    public Subject subject() {
        return Subject.LEDGER_DATABASE;
    }

    @Override
    public Uni<Finding> look() {
        long asked = System.nanoTime();
        return clock.synchronise().map(answered -> Duration.ofNanos(System.nanoTime() - asked)).chain(took -> indexes.missing()
                .map(missing -> missing.isEmpty()
                        ? Finding.ok("it answers in %d ms and has its indexes".formatted(took.toMillis()))
                        : Finding.failure("indexes are missing: " + String.join(", ", missing),
                                "Restart a service, which creates them, or create them by hand; until then queries read whole collections.")));
    }
}
