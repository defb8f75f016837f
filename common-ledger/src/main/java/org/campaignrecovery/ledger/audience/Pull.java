package org.campaignrecovery.ledger.audience;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Flow;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** Takes the items of a stream one by one, when they are asked for: the stream's source is never asked for more. */
final class Pull<T> implements Flow.Subscriber<T> {
    private final Multi<T> source;
    private Flow.Subscription subscription;
    private UniEmitter<? super Optional<T>> asking;
    private boolean ended;
    private Throwable failure;

    Pull(Multi<T> source) {
        this.source = source;
    }

    /** The next item, or empty at the end. One call at a time. */
    Uni<Optional<T>> next() {
        return Uni.createFrom().<Optional<T>>emitter(this::ask);
    }

    private void ask(UniEmitter<? super Optional<T>> emitter) {
        boolean first;
        synchronized (this) {
            if (failure != null) {
                emitter.fail(failure);
                return;
            }
            if (ended) {
                emitter.complete(Optional.empty());
                return;
            }
            asking = emitter;
            first = subscription == null;
        }
        if (first) {
            source.subscribe().withSubscriber(this);
        } else {
            subscription.request(1);
        }
    }

    /** Ends the stream. Whoever waits or asks then hears of a failure: a stream that was cut off must not pass for one that ended. */
    void cancel() {
        Flow.Subscription granted;
        synchronized (this) {
            if (!ended && failure == null) {
                failure = new CancellationException("the reading was closed");
            }
            granted = subscription;
        }
        if (granted != null) {
            granted.cancel();
        }
        UniEmitter<? super Optional<T>> waiting = answer();
        if (waiting != null) {
            waiting.fail(new CancellationException("the reading was closed"));
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription granted) {
        boolean cancelled;
        synchronized (this) {
            subscription = granted;
            cancelled = failure != null;
        }
        if (cancelled) {
            granted.cancel();
        } else {
            granted.request(1);
        }
    }

    @Override
    public void onNext(T item) {
        UniEmitter<? super Optional<T>> waiting = answer();
        if (waiting != null) {
            waiting.complete(Optional.of(item));
        }
    }

    @Override
    public void onError(Throwable thrown) {
        synchronized (this) {
            failure = thrown;
        }
        UniEmitter<? super Optional<T>> waiting = answer();
        if (waiting != null) {
            waiting.fail(thrown);
        }
    }

    @Override
    public void onComplete() {
        synchronized (this) {
            ended = true;
        }
        UniEmitter<? super Optional<T>> waiting = answer();
        if (waiting != null) {
            waiting.complete(Optional.empty());
        }
    }

    private synchronized UniEmitter<? super Optional<T>> answer() {
        UniEmitter<? super Optional<T>> waiting = asking;
        asking = null;
        return waiting;
    }
}
