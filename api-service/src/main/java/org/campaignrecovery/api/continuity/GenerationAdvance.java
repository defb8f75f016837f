package org.campaignrecovery.api.continuity;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.ledger.generation.ContinuityConfig;
import org.campaignrecovery.ledger.generation.GenerationDocument;
import org.campaignrecovery.ledger.generation.GenerationRepository;
import org.campaignrecovery.model.generation.GenerationRules;
import org.campaignrecovery.model.generation.Position;
import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;

/**
 * Raises the ledger's generation every few seconds, then writes it to the compacted topic, in this order: the topic must never be ahead of
 * what the ledger has acknowledged. Of several apis one raises it. One that has not compared the ledger leaves it as it is: a restored one
 * must not catch up unseen.
 */
@ApplicationScoped
class GenerationAdvance {
    private static final Logger LOG = Logger.getLogger(GenerationAdvance.class);

    private final Continuity continuity;
    private final GenerationRepository generations;
    private final GenerationPublisher publisher;
    private final LedgerClock clock;
    private final ContinuityConfig config;

    GenerationAdvance(Continuity continuity, GenerationRepository generations, GenerationPublisher publisher, LedgerClock clock,
            ContinuityConfig config) {
        this.continuity = continuity;
        this.generations = generations;
        this.publisher = publisher;
        this.clock = clock;
        this.config = config;
    }

    @Scheduled(every = "${campaign.continuity.every:2s}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> advance() {
        if (continuity.position() == null) {
            return Uni.createFrom().voidItem();
        }
        Position known = continuity.known();
        return generations.current()
                .chain(document -> continuity.see(document, known) && due(document)
                        ? advance(document)
                        : Uni.createFrom().voidItem())
                .onFailure().invoke(failure -> LOG.debugf("the ledger's generation was not raised: %s", failure.getMessage())).onFailure()
                .recoverWithNull();
    }

    private boolean due(GenerationDocument document) {
        return !document.at().plus(config.every().dividedBy(2)).isAfter(clock.now());
    }

    private Uni<Void> advance(GenerationDocument document) {
        Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
        Position next = new Position(document.incarnation(), document.generation() + 1);
        return generations.won(GenerationRules.advance(document.position(), now))
                .chain(won -> won ? publisher.publish(next) : Uni.createFrom().voidItem());
    }
}
