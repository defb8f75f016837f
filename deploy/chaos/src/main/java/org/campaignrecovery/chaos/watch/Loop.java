package org.campaignrecovery.chaos.watch;

import java.time.Duration;

import org.campaignrecovery.local.processes.Poll;

/** Does something again and again on a thread of its own until it is closed; what fails because somebody is away is tried again. */
public final class Loop implements AutoCloseable {
    private final Thread thread;
    private volatile boolean closed;

    /** @param step may fail: the next one comes */
    public Loop(String name, Duration every, Runnable step) {
        thread = new Thread(() -> {
            while (!closed) {
                attempt(step);
                Poll.until(every, every.compareTo(Duration.ofMillis(50)) < 0 ? every : Duration.ofMillis(50), () -> closed);
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            // A server is away, as it is meant to be now and then; what must hold is looked at again the next time.
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
