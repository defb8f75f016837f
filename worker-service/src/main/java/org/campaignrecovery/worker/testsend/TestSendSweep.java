package org.campaignrecovery.worker.testsend;

import java.time.Duration;
import java.time.Instant;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.campaignrecovery.ledger.testsend.TestSendDocument;
import org.campaignrecovery.ledger.testsend.TestSendRepository;
import org.campaignrecovery.model.testsend.TestSendRules;
import org.campaignrecovery.worker.batch.Stopping;
import org.campaignrecovery.worker.sending.SendingConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Looks for test messages that somebody waits for, and sends them, one after the other. Any number of processes may look at once. */
@ApplicationScoped
class TestSendSweep {
    private static final Logger LOG = Logger.getLogger(TestSendSweep.class);
    private static final int AT_ONCE = 20;
    /** Beside the provider's time-out: for the claim before it and the record after it. */
    private static final Duration LEDGER = Duration.ofSeconds(30);

    private final TestSendRepository tests;
    private final TestSending sending;
    private final LedgerGate gate;
    private final Stopping stopping;
    private final LedgerClock clock;
    private final Duration longest;
    private final boolean enabled;

    TestSendSweep(TestSendRepository tests, TestSending sending, LedgerGate gate, Stopping stopping, LedgerClock clock,
            SendingConfig config, @ConfigProperty(name = "campaign.schedulers.enabled") boolean enabled) {
        this.tests = tests;
        this.sending = sending;
        this.gate = gate;
        this.stopping = stopping;
        this.clock = clock;
        this.longest = config.providerTimeout().plus(LEDGER);
        this.enabled = enabled;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return enabled && gate.isOpen() && !stopping.now()
                ? tests.anyOpen().chain(open -> open ? pass() : Uni.createFrom().voidItem()).onFailure()
                        .invoke(failure -> LOG.debugf("test messages could not be looked for: %s", failure.getMessage()))
                        .onFailure().recoverWithNull()
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> pass() {
        Instant now = clock.now();
        return tests.modified(TestSendRules.expired(now)).chain(() -> tests.modified(TestSendRules.lost(now, longest)))
                .chain(() -> tests.waiting(AT_ONCE)).chain(waiting -> Multi.createFrom().iterable(waiting).onItem()
                        .transformToUniAndConcatenate(this::send).collect().asList().replaceWithVoid());
    }

    private Uni<Void> send(TestSendDocument test) {
        return stopping.now()
                ? Uni.createFrom().voidItem()
                : sending.send(test).onFailure()
                        .invoke(failure -> LOG.warnf("test message campaign=%s test=%s: %s; what is not claimed is tried again",
                                test.campaignId(), test.id(), failure.getMessage()))
                        .onFailure().recoverWithNull();
    }
}
