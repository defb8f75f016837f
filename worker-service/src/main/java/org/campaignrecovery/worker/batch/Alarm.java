package org.campaignrecovery.worker.batch;

import java.time.Duration;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.trace.Branch;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/** Rings again for a batch that this process gave back until a later time. The sweeps find it too; this one does without them. */
@ApplicationScoped
class Alarm {
    private static final Logger LOG = Logger.getLogger(Alarm.class);

    private final BatchPublisher publisher;
    private final LedgerClock clock;

    Alarm(BatchPublisher publisher, LedgerClock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    void ringAt(String batchId, Instant time, Branch from) {
        Duration wait = Duration.between(clock.now(), time);
        Uni.createFrom().voidItem().onItem().delayIt().by(wait.isNegative() || wait.isZero() ? Duration.ofMillis(1) : wait)
                .chain(() -> publisher.ring(batchId, from)).subscribe()
                .with(rung -> LOG.debugf("rang again for batch=%s", batchId),
                        failure -> LOG.debugf("batch=%s is left to the sweeps", batchId));
    }
}
