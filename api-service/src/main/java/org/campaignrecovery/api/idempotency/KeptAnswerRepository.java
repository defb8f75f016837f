package org.campaignrecovery.api.idempotency;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;

/** The answers to requests with an Idempotency-Key, for a day. */
@ApplicationScoped
class KeptAnswerRepository implements GuardedRepository<KeptAnswerDocument> {
    static final Duration KEPT = Duration.ofDays(1);
    /** Whoever has begun so long ago has died over it. */
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Logger LOG = Logger.getLogger(KeptAnswerRepository.class);

    private final LedgerClock clock;
    private final LedgerGate gate;

    KeptAnswerRepository(LedgerClock clock, LedgerGate gate) {
        this.gate = gate;
        this.clock = clock;
    }

    /** Begins a request. Null: it is ours to carry out. Otherwise what is known of it. */
    Uni<KeptAnswerDocument> begin(String id, String request) {
        KeptAnswerDocument begun = new KeptAnswerDocument(id, request, now(), null, null, null);
        return mongoCollection().insertOne(begun).replaceWith((KeptAnswerDocument) null).onFailure(Duplicates::isDuplicateKey)
                .recoverWithUni(() -> byId(id).chain(known -> known == null ? begin(id, request) : beginAgain(known, begun)));
    }

    /** One that is too old does not count, nor does one that nobody carries out any more. */
    private Uni<KeptAnswerDocument> beginAgain(KeptAnswerDocument known, KeptAnswerDocument begun) {
        Instant oldest = begun.at().minus(known.underWay() ? LONGEST : KEPT);
        return known.at().isAfter(oldest)
                ? Uni.createFrom().item(known)
                : mongoCollection().replaceOne(and(eq("_id", known.id()), eq("at", known.at())), begun)
                        .map(result -> result.getMatchedCount() == 1 ? null : known);
    }

    Uni<Void> keep(KeptAnswerDocument answered) {
        return mongoCollection().replaceOne(eq("_id", answered.id()), answered).replaceWithVoid();
    }

    /** It came to nothing: the next one tries by itself. */
    Uni<Void> forget(String id) {
        return mongoCollection().deleteOne(and(eq("_id", id), exists("status", false))).replaceWithVoid();
    }

    /** Not left to the database: not every one can. */
    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> forgetOld() {
        return gate.isOpen()
                ? mongoCollection().deleteMany(lt("at", now().minus(KEPT))).replaceWithVoid().onFailure()
                        .invoke(failure -> LOG.warnf("old answers are still kept: %s", failure.getMessage())).onFailure().recoverWithNull()
                : Uni.createFrom().voidItem();
    }

    KeptAnswerDocument answered(String id, String request, int status, Map<String, String> headers, String body) {
        return new KeptAnswerDocument(id, request, now(), status, headers, body);
    }

    private Instant now() {
        return clock.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
