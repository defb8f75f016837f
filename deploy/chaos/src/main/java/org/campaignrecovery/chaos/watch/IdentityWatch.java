package org.campaignrecovery.chaos.watch;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.campaignrecovery.chaos.report.Violations;
import org.campaignrecovery.local.client.RunProgress;

/** Invariant 3: planned is the sum of all states whenever somebody asks, and planning never takes anybody back. */
public final class IdentityWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(300);

    private final Supplier<RunProgress> run;
    private final Violations violations;
    private final Loop loop;
    private volatile RunProgress latest;
    private volatile int looks;

    /** @param run asks an api that answers */
    public IdentityWatch(Supplier<RunProgress> run, Violations violations) {
        this.run = run;
        this.violations = violations;
        this.loop = new Loop("identity", EVERY, this::look);
    }

    /** The latest answer, or null. */
    public RunProgress latest() {
        return latest;
    }

    public int looks() {
        return looks;
    }

    private void look() {
        RunProgress now = run.get();
        if (!now.adds()) {
            violations.add(3, "planned is not the sum of the counts: %s", now.json());
        }
        RunProgress before = latest;
        for (String channel : List.of("email", "sms")) {
            if (before != null && now.planned(channel) < before.planned(channel)) {
                violations.add(3, "planned went from %d back to %d on %s", before.planned(channel), now.planned(channel), channel);
            }
        }
        latest = now;
        looks++;
    }

    @Override
    public void close() {
        loop.close();
    }
}
