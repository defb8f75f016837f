package org.campaignrecovery.api.doctor;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.doctor.DoctorReport.Found;
import org.campaignrecovery.ledger.share.SharedAnswer;
import org.jboss.logging.Logger;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * Carries out all checks at once, each bounded in time, so that the examination ends whatever hangs. One is under way at a time: whoever
 * asks meanwhile gets the same answer.
 */
@ApplicationScoped
public class Doctor {
    private static final Logger LOG = Logger.getLogger(Doctor.class);

    private final List<DoctorCheck> checks;
    private final DoctorConfig config;
    private final Clock clock;
    private final AtomicReference<Uni<DoctorReport>> underWay = new AtomicReference<>();

    Doctor(@All List<DoctorCheck> checks, DoctorConfig config, Clock clock) {
        this.checks = List.copyOf(checks);
        this.config = config;
        this.clock = clock;
    }

    /** Never fails. */
    public Uni<DoctorReport> examine() {
        return Uni.createFrom().deferred(() -> {
            Uni<DoctorReport> mine = SharedAnswer.of(lookAtAll().onTermination().invoke(() -> underWay.set(null)));
            Uni<DoctorReport> others = underWay.compareAndExchange(null, mine);
            return others == null ? mine : others;
        });
    }

    private Uni<DoctorReport> lookAtAll() {
        return Uni.join().all(checks.stream().map(this::look).toList()).andFailFast()
                .map(found -> DoctorReport.of(clock.instant().truncatedTo(ChronoUnit.MILLIS), found));
    }

    private Uni<Found> look(DoctorCheck check) {
        Source source = check.subject().source();
        return Uni.createFrom().deferred(check::look).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()).ifNoItem()
                .after(config.timeout()).recoverWithItem(() -> source.silent(config.timeout().toSeconds())).onFailure()
                .invoke(failure -> LOG.debugf(failure, "check=%s failed", check.subject().wire())).onFailure()
                .recoverWithItem(source::failed).map(finding -> new Found(check.subject(), finding));
    }
}
