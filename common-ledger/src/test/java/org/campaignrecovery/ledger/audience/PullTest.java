package org.campaignrecovery.ledger.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;

class PullTest {
    @Test
    void takesTheItemsOneByOneAndThenTheEnd() {
        Pull<Integer> pull = new Pull<>(Multi.createFrom().items(1, 2));
        assertThat(List.of(next(pull), next(pull), next(pull), next(pull))).containsExactly(Optional.of(1), Optional.of(2),
                Optional.empty(), Optional.empty());
    }

    @Test
    void neverAsksItsSourceForMoreThanItWasAskedFor() {
        AtomicLong asked = new AtomicLong();
        Pull<Integer> pull = new Pull<>(Multi.createFrom().range(0, 100).onRequest().invoke(asked::addAndGet));
        for (int i = 1; i <= 3; i++) {
            next(pull);
            assertThat(asked).hasValue(i);
        }
    }

    @Test
    void doesNotSubscribeBeforeItIsAsked() {
        AtomicBoolean subscribed = new AtomicBoolean();
        Pull<Integer> pull = new Pull<>(Multi.createFrom().items(1).onSubscription().invoke(() -> subscribed.set(true)));
        assertThat(subscribed).isFalse();
        next(pull);
        assertThat(subscribed).isTrue();
    }

    @Test
    void tellsAFailureToWhoeverAsks() {
        IllegalStateException broken = new IllegalStateException("broken");
        Pull<Integer> pull = new Pull<>(Multi.createBy().concatenating().streams(Multi.createFrom().item(1),
                Multi.createFrom().<Integer>failure(broken)));
        assertThat(next(pull)).contains(1);
        ask(pull).assertFailedWith(IllegalStateException.class, "broken");
        ask(pull).assertFailedWith(IllegalStateException.class, "broken");
    }

    @Test
    void waitsForASourceThatIsLate() {
        UnicastProcessor<Integer> source = UnicastProcessor.create();
        Pull<Integer> pull = new Pull<>(source);
        UniAssertSubscriber<Optional<Integer>> waiting = ask(pull);
        waiting.assertNotTerminated();
        source.onNext(7);
        waiting.assertItem(Optional.of(7));
    }

    @Test
    void endsItsSourceWhenItIsCancelled() {
        AtomicBoolean cancelled = new AtomicBoolean();
        Pull<Integer> pull = new Pull<>(Multi.createFrom().range(0, 100).onCancellation().invoke(() -> cancelled.set(true)));
        next(pull);
        pull.cancel();
        assertThat(cancelled).isTrue();
    }

    @Test
    void neverTakesACancellationForTheEndOfTheSource() {
        Pull<Integer> pull = new Pull<>(Multi.createFrom().range(0, 100));
        next(pull);
        pull.cancel();
        ask(pull).assertFailedWith(CancellationException.class);
    }

    @Test
    void tellsWhoeverWaitsThatItWasCancelled() {
        Pull<Integer> pull = new Pull<>(UnicastProcessor.<Integer>create());
        UniAssertSubscriber<Optional<Integer>> waiting = ask(pull);
        pull.cancel();
        waiting.assertFailedWith(CancellationException.class);
    }

    private static <T> Optional<T> next(Pull<T> pull) {
        return ask(pull).assertCompleted().getItem();
    }

    private static <T> UniAssertSubscriber<Optional<T>> ask(Pull<T> pull) {
        return pull.next().subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
