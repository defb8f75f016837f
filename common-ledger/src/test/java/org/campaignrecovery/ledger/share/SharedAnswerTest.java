package org.campaignrecovery.ledger.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

class SharedAnswerTest {
    private static final int TIMES = 20_000;
    private static final String NEXT = "the next step's";

    private final CyclicBarrier together = new CyclicBarrier(2);
    private final List<Thread> threads = new ArrayList<>();

    @AfterEach
    void interrupt() {
        threads.forEach(Thread::interrupt);
    }

    @Test
    void allGetTheAnswerOfTheOneWork() {
        AtomicInteger works = new AtomicInteger();
        Uni<Integer> shared = SharedAnswer.of(Uni.createFrom().item(works::incrementAndGet));
        assertThat(works).as("nobody has asked").hasValue(0);
        assertThat(List.of(shared.await().indefinitely(), shared.await().indefinitely())).containsExactly(1, 1);
        assertThat(works).hasValue(1);
    }

    @Test
    void allGetTheFailureAsItWas() {
        IllegalStateException failure = new IllegalStateException("no");
        Uni<Integer> shared = SharedAnswer.of(Uni.createFrom().failure(failure));
        assertThatThrownBy(() -> shared.await().indefinitely()).isSameAs(failure);
        assertThatThrownBy(() -> shared.await().indefinitely()).isSameAs(failure);
    }

    @Test
    void whoeverLeavesTakesNothingFromTheOthers() {
        CompletableFuture<String> work = new CompletableFuture<>();
        Uni<String> shared = SharedAnswer.of(Uni.createFrom().completionStage(work));
        Cancellable first = shared.subscribe().with(item -> {
        });
        CompletableFuture<String> second = shared.subscribeAsCompletionStage();
        first.cancel();
        work.complete("there");
        assertThat(second.join()).isEqualTo("there");
    }

    /** An SMS that was sent was in doubt, because its provider's answer was taken for the gate's. Fails with {@code memoize()}. */
    @Test
    void whoeverAsksInTheMomentOfTheAnswerGetsThatOneFirst() throws Exception {
        List<CompletableFuture<Boolean>> answers = new ArrayList<>();
        for (int n = 0; n < TIMES; n++) {
            answers.add(new CompletableFuture<>());
        }
        Thread answering = new Thread(() -> answers.forEach(answer -> {
            meet();
            answer.complete(true);
        }));
        threads.add(answering);
        answering.start();
        for (CompletableFuture<Boolean> answer : answers) {
            Uni<Boolean> gate = SharedAnswer.of(Uni.createFrom().completionStage(answer));
            gate.subscribe().with(first -> assertThat(first).isTrue());
            CompletableFuture<String> next = new CompletableFuture<>();
            meet();
            CompletableFuture<String> second = gate
                    .chain(pass -> pass ? Uni.createFrom().completionStage(next) : Uni.createFrom().nullItem())
                    .subscribeAsCompletionStage();
            answer.join();
            next.complete(NEXT);
            assertThat(second.join()).isEqualTo(NEXT);
        }
    }

    private void meet() {
        try {
            together.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
