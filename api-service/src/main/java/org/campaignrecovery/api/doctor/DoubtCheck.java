package org.campaignrecovery.api.doctor;

import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

/** Messages of which nobody knows whether they went out. */
@ApplicationScoped
class DoubtCheck implements DoctorCheck {
    private static final int NAMED = 5;

    private final DoubtRepository doubt;

    DoubtCheck(DoubtRepository doubt) {
        this.doubt = doubt;
    }

    @Override
    public Subject subject() {
        return Subject.DOUBT;
    }

    @Override
    public Uni<Finding> look() {
        return doubt.byRun().map(DoubtCheck::judge);
    }

    static Finding judge(Map<String, Long> byRun) {
        long sum = byRun.values().stream().mapToLong(Long::longValue).sum();
        if (sum == 0) {
            return Finding.ok("nothing is in doubt");
        }
        String runs = byRun.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed()).limit(NAMED)
                .map(run -> "%d of run %s".formatted(run.getValue(), run.getKey())).collect(Collectors.joining(", "));
        return Finding.warning("%d message(s) in doubt: %s%s".formatted(sum, runs, byRun.size() > NAMED ? " and of others" : ""),
                "List them with GET /api/runs/{runId}/deliveries?state=in_doubt and ask the provider; by themselves they are never sent "
                        + "again.");
    }
}
