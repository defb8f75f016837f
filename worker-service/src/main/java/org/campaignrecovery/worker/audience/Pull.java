package org.campaignrecovery.worker.audience;

import java.util.Optional;
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

    synchronized void cancel() {
        ended = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription granted) {
        synchronized (this) {
            subscription = granted;
        }
        granted.request(1);
    }

    @Override
    public void onNext(T item) {
        answer().complete(Optional.of(item));
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
