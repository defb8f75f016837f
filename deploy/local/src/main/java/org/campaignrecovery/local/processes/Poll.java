package org.campaignrecovery.local.processes;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for something that another process does, where nothing can tell us. */
public final class Poll {
    private static final Duration EVERY = Duration.ofMillis(50);

    private Poll() {
    }

    /** Whether {@code condition} became true within {@code limit}. */
    public static boolean until(Duration limit, BooleanSupplier condition) {
        return until(limit, EVERY, condition);
    }

    /** As {@link #until(Duration, BooleanSupplier)}, looking once in {@code every}. */
    public static boolean until(Duration limit, Duration every, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause(every);
        }
        return true;
    }

    private static void pause(Duration every) {
        try {
            TimeUnit.NANOSECONDS.sleep(every.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a process", e);
        }
    }
}
