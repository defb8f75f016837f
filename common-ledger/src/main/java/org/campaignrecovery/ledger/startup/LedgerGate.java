package org.campaignrecovery.ledger.startup;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/**
 * Nothing touches the ledger before this gate is open: its server is there, its clock is known, it guards its updates and its indexes
 * exist. While MongoDB is away the service lives, says so in one line, and tries again.
 */
@ApplicationScoped
public class LedgerGate {
    private static final Logger LOG = Logger.getLogger(LedgerGate.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(3);

    private final LedgerClock clock;
    private final GuardProbe probe;
    private final LedgerIndexes indexes;
    private final boolean acceptsUnguarded;
    private final AtomicReference<String> obstacle = new AtomicReference<>("the ledger has not been reached yet");
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    LedgerGate(LedgerClock clock, GuardProbe probe, LedgerIndexes indexes,
            @ConfigProperty(name = "campaign.ledger.accept-unguarded", defaultValue = "false") boolean acceptsUnguarded) {
        this.clock = clock;
        this.probe = probe;
        this.indexes = indexes;
        this.acceptsUnguarded = acceptsUnguarded;
    }

    void start(@Observes StartupEvent event) {
        Uni.createFrom().deferred(this::check).onFailure().invoke(this::tellObstacle).onFailure().retry()
                .withBackOff(FIRST_RETRY, LONGEST_RETRY).indefinitely().subscribe().with(ignored -> open());
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> keepClock() {
        return isOpen() ? clock.synchronise().onFailure().recoverWithNull() : Uni.createFrom().voidItem();
    }

    /** Whether the ledger may be used. */
    public boolean isOpen() {
        return obstacle.get() == null;
    }

    /** Completes when the ledger may be used; at once if it may. */
    public Uni<Void> opened() {
        return Uni.createFrom().completionStage(opened::copy);
    }

    /** Why the ledger may not be used, or null. */
    public String obstacle() {
        return obstacle.get();
    }

    private void open() {
        obstacle.set(null);
        LOG.info("the ledger is open: its clock is known, its updates were probed, its indexes exist");
        opened.complete(null);
    }

    private Uni<Void> check() {
        return clock.synchronise().chain(this::probe).chain(indexes::create);
    }

    private Uni<Void> probe() {
        return probe.probe().onFailure(failure -> acceptsUnguarded && failure instanceof GuardProbe.UnguardedDatabaseException)
                .recoverWithUni(failure -> {
                    LOG.errorf("%s; campaign.ledger.accept-unguarded lets it be used: with more than one api and one worker people get "
                            + "messages twice", failure.getMessage());
                    return Uni.createFrom().voidItem();
                });
    }

    private void tellObstacle(Throwable failure) {
        String sentence = failure instanceof GuardProbe.UnguardedDatabaseException
                ? failure.getMessage()
                : "MongoDB (CAMPAIGN_MONGO_URI) does not answer";
        if (!sentence.equals(obstacle.getAndSet(sentence))) {
            LOG.warnf("%s: nothing is scheduled or sent until it does; trying again", sentence);
            LOG.debug("ledger check failed", failure);
        }
    }
}
