package org.campaignrecovery.worker.run;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.run.RunEventDocument;
import org.jboss.logging.Logger;

/** What happens to runs, noted for their history. */
@ApplicationScoped
public class RunEventRepository implements GuardedRepository<RunEventDocument> {
    private static final Logger LOG = Logger.getLogger(RunEventRepository.class);
    private static final int TRIES = 4;

    /** Notes the event beside the work, which neither waits for it nor fails with it: it is tried a few times, then only logged. */
    public void noteSoon(RunEventDocument event) {
        mongoCollection().insertOne(event).replaceWithVoid().onFailure(Duplicates::isDuplicateKey).recoverWithNull().onFailure().retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(2)).atMost(TRIES).subscribe()
                .with(done -> LOG.debugf("noted event=%s", event.id()), failure -> LOG.warnf(
                        "event=%s run=%s is missing in the run's history (%s); the work goes on", event.id(), event.run(),
                        failure.getMessage()));
    }
}
