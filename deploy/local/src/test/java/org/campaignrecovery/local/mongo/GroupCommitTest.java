package org.campaignrecovery.local.mongo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupCommitTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void oneCommitServesAllWhoWait() throws Exception {
        try (MVStore store = open(); GroupCommit commits = new GroupCommit(store)) {
            MVMap<Integer, Integer> map = store.openMap("map");
            long before = store.getCurrentVersion();
            CountDownLatch inChange = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            // A change that takes its time keeps the commit waiting, and the others gather meanwhile.
            Thread slow = new Thread(() -> commits.change(() -> {
                inChange.countDown();
                awaitUninterruptibly(goOn);
                map.put(0, 0);
            }));
            slow.start();
            inChange.await();
            List<CompletableFuture<Void>> waiting = IntStream.range(0, 100)
                    .mapToObj(n -> commits.durable().toCompletableFuture()).toList();
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            goOn.countDown();

            assertThat(CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new))).succeedsWithin(SOON);
            assertThat(store.getCurrentVersion() - before).isLessThanOrEqualTo(2);
            assertThat(commits.durable().toCompletableFuture()).as("nothing new").isDone();
        }
    }

    @Test
    void nothingIsAcknowledgedByAStoreThatGaveUp() {
        MVStore store = open();
        try (GroupCommit commits = new GroupCommit(store)) {
            MVMap<Integer, Integer> map = store.openMap("map");
            commits.change(() -> map.put(1, 1));
            store.closeImmediately();

            assertThat(commits.durable().toCompletableFuture()).failsWithin(SOON);
            assertThat(commits.durable().toCompletableFuture()).failsWithin(SOON);
            assertThatThrownBy(() -> commits.change(() -> map.put(2, 2))).isInstanceOf(IllegalStateException.class);
        }
    }

    private MVStore open() {
        return new MVStore.Builder().fileName(directory.resolve("store.mv").toString()).autoCommitDisabled().autoCommitBufferSize(0).open();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
