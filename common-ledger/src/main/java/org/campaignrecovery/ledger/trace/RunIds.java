package org.campaignrecovery.ledger.trace;

import org.campaignrecovery.model.trace.RunTrace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.sdk.trace.IdGenerator;

/** Ids by chance, but for the span of a run itself: its ids follow from the run's. */
final class RunIds implements IdGenerator {
    private final IdGenerator chance = IdGenerator.random();
    /** Ids are asked for on the thread that begins the span. */
    private final ThreadLocal<RunTrace> beginning = new ThreadLocal<>();

    Span begin(RunTrace trace, SpanBuilder span) {
        beginning.set(trace);
        try {
            return span.setNoParent().startSpan();
        } finally {
            beginning.remove();
        }
    }

    @Override
    public String generateTraceId() {
        RunTrace run = beginning.get();
        return run == null ? chance.generateTraceId() : run.traceId();
    }

    @Override
    public String generateSpanId() {
        RunTrace run = beginning.get();
        return run == null ? chance.generateSpanId() : run.rootId();
    }
}
