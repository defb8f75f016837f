package org.campaignrecovery.ledger.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;

class SharedAnswerTest {
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

    /**
     * A chain that is answered before it is subscribed takes the next step's answer for this one: an SMS that was sent was in doubt, because
     * its provider's answer was taken for the gate's. Fails with {@code memoize()}.
     */
    @Test
    void nobodyIsAnsweredBeforeItIsSubscribed() {
        CompletableFuture<String> work = new CompletableFuture<>();
        Uni<String> shared = SharedAnswer.of(Uni.createFrom().completionStage(work));
        shared.subscribe().with(first -> {
        });
        List<String> heard = new CopyOnWriteArrayList<>();
        shared.subscribe().withSubscriber(new UniSubscriber<String>() {
            @Override
            public void onSubscribe(UniSubscription subscription) {
                CompletableFuture.runAsync(() -> work.complete("there")).join();
                heard.add("subscribed");
            }

            @Override
            public void onItem(String item) {
                heard.add(item);
            }

            @Override
            public void onFailure(Throwable failure) {
                heard.add(failure.toString());
            }
        });
        assertThat(heard).containsExactly("subscribed", "there");
    }
}
