package org.campaignrecovery.api.doctor;

import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.recovery.DeadLeaseSweep;
import org.campaignrecovery.model.lease.LeaseObserver.Lease;

import io.smallrye.mutiny.Uni;

/** Work that somebody holds who gives no sign of life, as this process has observed it. */
@ApplicationScoped
class LeasesCheck implements DoctorCheck {
    private static final int NAMED = 5;

    private final DeadLeaseSweep sweep;

    LeasesCheck(DeadLeaseSweep sweep) {
        this.sweep = sweep;
    }

    @Override
    public Subject subject() {
        return Subject.LEASES;
    }

    @Override
    public Uni<Finding> look() {
        return sweep.held().map(held -> judge(held.size(), sweep.silent()));
    }

    private static Finding judge(int held, List<Lease<String>> silent) {
        return silent.isEmpty()
                ? Finding.ok("%d lease(s) held, none seen without heartbeat for longer than a dead one would be".formatted(held))
                : Finding.failure(
                        "held without a heartbeat: " + silent.stream().limit(NAMED)
                                .map(lease -> "%s (epoch %d)".formatted(lease.key(), lease.epoch())).collect(Collectors.joining(", "))
                                + (silent.size() > NAMED ? " and others" : ""),
                        "Start a worker, which takes them over, or an api with ENABLE_SCHEDULERS=true, which frees them.");
    }
}
