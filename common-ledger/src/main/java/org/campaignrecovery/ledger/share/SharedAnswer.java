package org.campaignrecovery.ledger.share;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.smallrye.mutiny.Uni;

/**
 * One piece of work whose answer all get who ask, from whichever thread. Mutiny's {@code memoize()} (3.1) can answer a second one before it
 * has told it that it is subscribed; a chain takes the next step's answer for this one then, and calls the wrong function with it.
 */
public final class SharedAnswer {
    private SharedAnswer() {
    }

    /** Begins with the first who asks, and goes on when that one leaves; its item or failure is kept. */
    public static <T> Uni<T> of(Uni<T> work) {
        AtomicReference<CompletableFuture<T>> begun = new AtomicReference<>();
        return Uni.createFrom().completionStage(() -> {
            CompletableFuture<T> mine = new CompletableFuture<>();
            CompletableFuture<T> first = begun.compareAndExchange(null, mine);
            if (first == null) {
                work.subscribe().with(mine::complete, mine::completeExceptionally);
            }
            // A copy, as whoever leaves cancels what it waits for.
            return (first == null ? mine : first).copy();
        });
    }
}
