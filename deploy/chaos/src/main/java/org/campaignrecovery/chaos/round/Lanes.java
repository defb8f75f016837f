package org.campaignrecovery.chaos.round;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.chaos.fault.FaultKind;
import org.campaignrecovery.chaos.fault.FaultKind.Lane;
import org.campaignrecovery.chaos.fault.Play;

/** Lets faults strike once their progress is reached: those of a lane one after the other. */
final class Lanes implements AutoCloseable {
    private final Play play;
    private final Deque<Plan.Strike> waiting;
    private final Map<Lane, ExecutorService> lanes = new EnumMap<>(Lane.class);
    private final Map<String, Integer> struck = new TreeMap<>();
    private int underWay;
    private long latestEndNanos = System.nanoTime();

    Lanes(Play play, List<Plan.Strike> strikes) {
        this.play = play;
        this.waiting = new ArrayDeque<>(strikes);
        for (Lane lane : Lane.values()) {
            lanes.put(lane, Executors.newSingleThreadExecutor(work -> {
                Thread thread = new Thread(work, "faults of " + lane);
                thread.setDaemon(true);
                return thread;
            }));
        }
    }

    synchronized void reached(double progress) {
        while (!waiting.isEmpty() && waiting.peek().progress() <= progress) {
            begin(waiting.poll().kind());
        }
    }

    /** What has not struck does not any more. */
    synchronized void drop() {
        waiting.clear();
    }

    private void begin(FaultKind kind) {
        underWay++;
        lanes.get(kind.lane()).submit(() -> strike(kind));
    }

    private void strike(FaultKind kind) {
        synchronized (this) {
            struck.merge(kind.title(), 1, Integer::sum);
        }
        try {
            kind.make().strike(play);
        } catch (RuntimeException e) {
            play.timeline().note("%s failed: %s", kind.title(), e);
        } finally {
            synchronized (this) {
                underWay--;
                latestEndNanos = System.nanoTime();
            }
        }
    }

    /** Whether a fault strikes now or waits behind one that does. */
    synchronized boolean busy() {
        return underWay > 0;
    }

    /** Whether no fault will strike any more. */
    synchronized boolean exhausted() {
        return waiting.isEmpty() && underWay == 0;
    }

    /** When the latest fault was over, by System.nanoTime. */
    synchronized long latestEndNanos() {
        return latestEndNanos;
    }

    synchronized Map<String, Integer> struck() {
        return new TreeMap<>(struck);
    }

    @Override
    public void close() {
        lanes.values().forEach(ExecutorService::shutdownNow);
        for (ExecutorService lane : lanes.values()) {
            try {
                lane.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
