package org.campaignrecovery.worker.delivery;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

/** What the groups under way hear of the end of their process: first that nothing more begins, then that no provider is waited for. */
@ApplicationScoped
public class LastCall {
    private final Set<UniEmitter<? super Void>> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;
    private volatile boolean called;

    /** From now on no group claims anything, however long it has waited for its turn. */
    public void close() {
        closing = true;
    }

    boolean closing() {
        return closing;
    }

    /** Whatever still waits for its provider is given up. */
    public void call() {
        called = true;
        List.copyOf(listeners).forEach(listener -> listener.complete(null));
    }

    /** Completes with the call; at once, when that has come already. */
    Uni<Void> heard() {
        return Uni.createFrom().emitter(emitter -> {
            listeners.add(emitter);
            emitter.onTermination(() -> listeners.remove(emitter));
            if (called) {
                emitter.complete(null);
            }
        });
    }
}
