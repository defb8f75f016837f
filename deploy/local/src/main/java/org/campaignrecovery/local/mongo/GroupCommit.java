package org.campaignrecovery.local.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits to the data file, one commit for everybody who waits. A {@link #change change} is atomic with respect to commits:
 * a data file never holds half of it. Nothing that a request did or saw may be answered before {@link #durable()}
 * completes; that covers reads too, or a process could act on a state that a crash takes back.
 * <p>
 * A commit hands the bytes to the operating system: they survive the death of this process, not that of the machine.
 * After a failed commit nothing is ever durable again: the waiting and all later requests fail.
 */
final class GroupCommit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);
    private static final long HOUSEKEEPING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int TARGET_FILL_PERCENT = 50;
    private static final int COMPACTION_BYTES = 4 * 1024 * 1024;

    private final MVStore store;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final AtomicLong changes = new AtomicLong();
    private final BlockingQueue<CompletableFuture<Void>> waiting = new LinkedBlockingQueue<>();
    private final Thread committer = new Thread(this::run, "mongo-group-commit");
    private volatile long committedChanges;
    private volatile RuntimeException failure;
    private volatile boolean closed;
    private long lastHousekeeping = System.nanoTime();

    GroupCommit(MVStore store) {
        this.store = store;
        committer.setDaemon(true);
        if (store.isPersistent()) {
            committer.start();
        }
    }

    /** Carries out a change of the store that must be committed as a whole. May be nested. */
    void change(Runnable change) {
        lock.readLock().lock();
        try {
            if (failure != null) {
                throw failure;
            }
            // Counted first: whoever sees the change also sees that it is not committed.
            changes.incrementAndGet();
            change.run();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Completes when every change that is visible now lies in the data file; at once when it does already. */
    CompletionStage<Void> durable() {
        if (failure != null) {
            return CompletableFuture.failedFuture(failure);
        }
        if (!store.isPersistent() || changes.get() <= committedChanges) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> waiter = new CompletableFuture<>();
        waiting.add(waiter);
        if (closed || failure != null) {
            waiter.completeExceptionally(new IllegalStateException("The server is closed"));
        }
        return waiter;
    }

    private void run() {
        List<CompletableFuture<Void>> served = new ArrayList<>();
        try {
            while (!closed) {
                CompletableFuture<Void> first = waiting.poll(HOUSEKEEPING_NANOS, TimeUnit.NANOSECONDS);
                if (first != null) {
                    served.add(first);
                    commit(served);
                    served.forEach(waiter -> waiter.complete(null));
                    served.clear();
                }
                keepHouse();
            }
        } catch (InterruptedException | RuntimeException e) {
            fail(e, served);
        }
    }

    private void commit(List<CompletableFuture<Void>> served) {
        lock.writeLock().lock();
        try {
            waiting.drainTo(served);
            long included = changes.get();
            store.commit();
            if (store.isClosed()) {
                // A store that gave up says nothing when it is told to commit.
                throw new IllegalStateException("The store is closed");
            }
            committedChanges = included;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Moves what still lives out of the emptiest parts of the file, so that its size follows the data's. */
    private void keepHouse() {
        long now = System.nanoTime();
        if (now - lastHousekeeping > HOUSEKEEPING_NANOS) {
            lastHousekeeping = now;
            if (store.compact(TARGET_FILL_PERCENT, COMPACTION_BYTES)) {
                // What was moved becomes permanent with a commit; this one also serves whoever waits by then.
                waiting.add(new CompletableFuture<>());
            }
        }
    }

    private void fail(Exception cause, List<CompletableFuture<Void>> served) {
        LOG.error("The data file cannot be written; nothing is acknowledged from now on, restart the server", cause);
        failure = new IllegalStateException("The data file cannot be written", cause);
        waiting.drainTo(served);
        served.forEach(waiter -> waiter.completeExceptionally(failure));
    }

    /** Commits a last time and stops. The store stays open; what is changed later is not acknowledged. */
    @Override
    public void close() {
        closed = true;
        // Not an interrupt: that would close the file under a commit.
        waiting.add(new CompletableFuture<>());
        try {
            committer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        waiting.forEach(waiter -> waiter.completeExceptionally(new IllegalStateException("The server is closed")));
    }
}
