package org.campaignrecovery.ledger.presence;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.loop.Loops;
import org.campaignrecovery.ledger.startup.BootId;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;

/** Writes down every few seconds that this process is there, and takes it back when the process is told to stop. */
@ApplicationScoped
class Presence {
    private static final Logger LOG = Logger.getLogger(Presence.class);
    private static final long FAREWELL_SECONDS = 2;
    /** After what the process holds was put down, before the clients of the ledger are closed. */
    private static final int LAST = 2;

    private final PresenceRepository processes;
    private final SelfDescription self;
    private final Probes probes;
    private final LedgerClock clock;
    private final LedgerGate gate;
    private final PresenceConfig config;
    private final Loops loops;
    private final String bootId;
    private final String version;
    private final String host = host();
    /** Only to be compared with the ledger's clock. */
    private final Clock own = Clock.systemUTC();
    private Instant startedAt;
    private volatile boolean stopping;
    private volatile Uni<Void> lastWrite = Uni.createFrom().voidItem();

    Presence(PresenceRepository processes, SelfDescription self, Probes probes, LedgerClock clock, LedgerGate gate, PresenceConfig config,
            Loops loops, BootId boot, @ConfigProperty(name = "quarkus.application.version") Optional<String> version) {
        this.processes = processes;
        this.self = self;
        this.probes = probes;
        this.clock = clock;
        this.gate = gate;
        this.config = config;
        this.loops = loops;
        this.bootId = boot.value();
        this.version = version.orElse(null);
    }

    void start(@Observes StartupEvent event) {
        LOG.infof("this process is boot=%s", bootId);
        loops.every(config.every(), this::tell, "nobody sees this process any more");
    }

    private Uni<Void> tell() {
        if (stopping || !gate.isOpen()) {
            return Uni.createFrom().voidItem();
        }
        lastWrite = Uni.createFrom().deferred(() -> processes.write(now())).onFailure()
                .invoke(failure -> LOG.debugf("this process could not say that it is there: %s", failure.getMessage())).onFailure()
                .recoverWithNull().memoize().indefinitely();
        return lastWrite;
    }

    private PresenceDocument now() {
        Instant now = clock.now();
        startedAt = startedAt == null ? now : startedAt;
        return new PresenceDocument(bootId, self.service(), host, version, self.schedulers(), self.sweeps(),
                Duration.between(now, own.instant()).toMillis(), probes.latest(), now, startedAt);
    }

    /** Runs on the thread of the shutdown. What cannot be taken back in time is forgotten after an hour. */
    void stop(@Observes @Priority(LAST) ShutdownEvent event) throws InterruptedException {
        stopping = true;
        if (!gate.isOpen()) {
            return;
        }
        CountDownLatch gone = new CountDownLatch(1);
        lastWrite.chain(() -> processes.remove(bootId)).onTermination().invoke(gone::countDown).subscribe()
                .with(removed -> LOG.debug("said farewell"), failure -> LOG.debugf("could not say farewell: %s", failure.getMessage()));
        if (!gone.await(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
            LOG.debug("the ledger does not answer any more: this process will be missed");
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
