package org.campaignrecovery.ledger.trace;

import java.util.function.Function;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;

/**
 * A place in the trace of a run, on which spans hang. It is handed on as a value, in this process and by {@link TraceParent} to others;
 * no thread carries it. {@link #NONE} is the place of whatever is not traced, and costs nothing.
 */
public final class Branch {
    public static final Branch NONE = new Branch(TracerProvider.noop().get(""), Context.root());

    private final Tracer tracer;
    private final Context place;

    Branch(Tracer tracer, Context place) {
        this.tracer = tracer;
        this.place = place;
    }

    /** Begins a span here. */
    public OpenSpan begin(Step step) {
        if (this == NONE) {
            return new OpenSpan(Span.getInvalid(), NONE);
        }
        Span span = step.with(tracer).setParent(place).startSpan();
        return new OpenSpan(span, new Branch(tracer, place.with(span)));
    }

    /**
     * A span of a moment, and the place of what follows from it. Such a place is exported before what hangs on it: a process that is killed
     * leaves no spans behind without the one that they hang on.
     */
    public Branch grow(Step step) {
        if (this == NONE) {
            return NONE;
        }
        OpenSpan span = begin(step);
        span.end();
        return span.branch();
    }

    /** The same work; it is a span from its subscription to its end, whichever that is. */
    public <T> Uni<T> around(Step step, Uni<T> work) {
        return this == NONE ? work : around(step, here -> work);
    }

    /** The same for work that hands its place on. */
    public <T> Uni<T> around(Step step, Function<Branch, Uni<T>> work) {
        if (this == NONE) {
            return work.apply(NONE);
        }
        return Uni.createFrom().deferred(() -> {
            OpenSpan span = begin(step);
            return work.apply(span.branch()).onTermination().invoke((item, failure, cancelled) -> {
                if (failure != null) {
                    span.failed(failure);
                }
                span.end();
            });
        });
    }

    /** This place as W3C's header of that name, or null for {@link #NONE}. */
    String traceparent() {
        return this == NONE ? null : TraceParent.of(place);
    }
}
