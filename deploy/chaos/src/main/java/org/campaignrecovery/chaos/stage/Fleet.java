package org.campaignrecovery.chaos.stage;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.campaignrecovery.chaos.report.Timeline;
import org.campaignrecovery.chaos.report.Violations;
import org.campaignrecovery.local.cluster.LocalCluster;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.campaignrecovery.local.processes.Poll;
import org.campaignrecovery.local.processes.Readiness;

/**
 * The apis and workers of a round. A keeper looks after them: one that has died at a crash point is noticed within a moment, and whoever
 * has died is started again after {@link #REPLACED_AFTER}.
 */
public final class Fleet implements AutoCloseable {
    /** As a supervisor would: soon, but not at once. */
    private static final Duration REPLACED_AFTER = Duration.ofSeconds(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration AWAY_AT_MOST = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final LocalCluster cluster;
    private final CrashRecords records;
    private final Timeline timeline;
    private final Violations violations;
    private final Map<String, Incarnation> current = new ConcurrentHashMap<>();
    private final List<Incarnation> all = new CopyOnWriteArrayList<>();
    private final List<Consumer<Incarnation>> mourners = new CopyOnWriteArrayList<>();
    private final Map<ServiceKind, List<String>> options = new HashMap<>();
    private final Map<String, Map<String, String>> variables = new ConcurrentHashMap<>();
    private final ReentrantLock whole = new ReentrantLock();
    private final Thread keeper = new Thread(this::keep, "keeper");
    private volatile long lastDeathNanos = System.nanoTime();
    private volatile boolean workersAway;
    private volatile boolean closed;

    Fleet(LocalCluster cluster, CrashRecords records, Timeline timeline, Violations violations) {
        this.cluster = cluster;
        this.records = records;
        this.timeline = timeline;
        this.violations = violations;
        keeper.setDaemon(true);
    }

    /** JVM options of all processes of a kind, from their next start on. */
    void options(ServiceKind kind, List<String> jvmOptions) {
        options.put(kind, jvmOptions);
    }

    /** Variables of one process, at all its starts. */
    public void variables(ServiceKind kind, int number, Map<String, String> more) {
        variables.merge(key(kind, number), more, (one, other) -> {
            Map<String, String> both = new HashMap<>(one);
            both.putAll(other);
            return both;
        });
    }

    /** Is told of every death by a kill or at a crash point, at once. */
    public void onDeath(Consumer<Incarnation> mourner) {
        mourners.add(mourner);
    }

    void watch() {
        keeper.start();
    }

    /** Starts it and does not wait. */
    public Incarnation launch(ServiceKind kind, int number) {
        Incarnation born = new Incarnation(kind, number, cluster.launch(kind, number, options.getOrDefault(kind, List.of()),
                variables.getOrDefault(key(kind, number), Map.of())));
        all.add(born);
        current.put(born.name(), born);
        return born;
    }

    private static String key(ServiceKind kind, int number) {
        return kind + "-" + number;
    }

    /** All lives of this round. */
    public List<Incarnation> all() {
        return all;
    }

    /** Those that are not over. */
    public List<Incarnation> living(ServiceKind kind) {
        return current.values().stream().filter(one -> one.kind() == kind && !one.over())
                .sorted(Comparator.comparing(Incarnation::name)).toList();
    }

    public List<Incarnation> healthy(ServiceKind kind) {
        return living(kind).stream().filter(Incarnation::healthy).toList();
    }

    /** The process of that boot id, once it has said it. */
    public Optional<Incarnation> booted(String bootId) {
        return all.stream().filter(one -> one.bootId().filter(bootId::equals).isPresent()).findFirst();
    }

    /** When anybody died last, by System.nanoTime. */
    public long lastDeathNanos() {
        return lastDeathNanos;
    }

    /** SIGKILL; the keeper starts it again. */
    public void kill(Incarnation victim) {
        synchronized (victim) {
            if (victim.over()) {
                return;
            }
            victim.end(Incarnation.End.KILLED);
            victim.process().kill();
        }
        timeline.note("SIGKILL %s boot=%s", victim.name(), victim.bootId().orElse("?"));
        died(victim);
    }

    /** SIGSTOP for so long, then SIGCONT. Nobody stops the workers meanwhile. */
    public void freeze(Incarnation victim, Duration time, Duration lease) {
        whole.lock();
        try {
            victim.freeze();
            timeline.note("SIGSTOP %s boot=%s for %d s", victim.name(), victim.bootId().orElse("?"), time.toSeconds());
            Poll.until(time, victim::over);
            if (time.compareTo(lease) > 0) {
                victim.depose();
            }
            victim.thaw();
            timeline.note("SIGCONT %s", victim.name());
        } finally {
            whole.unlock();
        }
    }

    /** SIGTERM to all workers; {@code meanwhile} nobody is there; then at most so many of them are started again. */
    public void withoutWorkers(Runnable meanwhile, int startedAgain) {
        whole.lock();
        try {
            List<Incarnation> workers = living(ServiceKind.WORKER);
            timeline.note("SIGTERM to %s", workers.stream().map(Incarnation::name).toList());
            workersAway = true;
            workers.forEach(worker -> worker.end(Incarnation.End.STOPPED));
            workers.forEach(worker -> worker.process().terminate());
            workers.forEach(this::awaitStopped);
            try {
                meanwhile.run();
            } finally {
                workersAway = false;
            }
            workers.stream().limit(startedAgain).forEach(worker -> start(worker.kind(), worker.number()));
        } finally {
            whole.unlock();
        }
    }

    private void awaitStopped(Incarnation worker) {
        if (!worker.process().awaitExit(GRACE)) {
            timeline.note("%s did not stop within its grace: SIGKILL", worker.name());
            worker.end(Incarnation.End.KILLED);
            worker.process().kill();
        }
    }

    private void died(Incarnation victim) {
        lastDeathNanos = System.nanoTime();
        mourners.forEach(mourner -> mourner.accept(victim));
        background("replace " + victim.name(), () -> {
            Poll.until(REPLACED_AFTER, () -> closed);
            Poll.until(AWAY_AT_MOST, () -> closed || !(workersAway && victim.kind() == ServiceKind.WORKER));
            start(victim.kind(), victim.number());
        });
    }

    /** Starts it and lets it count as healthy once it is ready. */
    public void start(ServiceKind kind, int number) {
        if (closed) {
            return;
        }
        Incarnation born = launch(kind, number);
        background("await " + born.name(), () -> awaitReady(born));
    }

    private void awaitReady(Incarnation born) {
        Poll.until(Duration.ofSeconds(90), Duration.ofMillis(200), () -> closed || born.over()
                || Readiness.answersOk(born.service().base().resolve("/q/health/ready")));
        if (!born.over() && !closed) {
            born.becomeReady();
            timeline.note("%s is ready, boot=%s", born.name(), born.bootId().orElse("?"));
        }
    }

    private void background(String name, Runnable work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                violations.add(0, "the suite could not %s: %s", name, e);
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void keep() {
        while (!closed) {
            current.values().forEach(this::look);
            Poll.until(LOOK_EVERY, () -> closed);
        }
    }

    private void look(Incarnation one) {
        synchronized (one) {
            if (one.over() || one.process().isAlive() || closed) {
                return;
            }
            one.end(Incarnation.End.CRASHED);
            one.process().awaitExit(Duration.ofSeconds(1));
        }
        Optional<String> point = records.of(one.process().pid());
        if (point.isPresent()) {
            timeline.note("%s boot=%s died at %s", one.name(), one.bootId().orElse("?"), point.get());
        } else {
            violations.add(0, "%s died of itself: %s", one.name(), one.process().log().lines(5));
        }
        died(one);
    }

    /** SIGKILL to all; nobody is started any more. */
    @Override
    public void close() {
        closed = true;
        current.values().stream().filter(one -> !one.over()).forEach(one -> one.process().kill());
    }
}
