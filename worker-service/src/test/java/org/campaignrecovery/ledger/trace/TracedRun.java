package org.campaignrecovery.ledger.trace;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/** A run whose spans are kept as they end. */
public final class TracedRun implements SpanExporter {
    private final List<SpanData> ended = new CopyOnWriteArrayList<>();
    private final Branch root;

    public TracedRun(String run) {
        RunIds ids = new RunIds();
        root = new RunTraces(SdkTracerProvider.builder().setIdGenerator(ids).addSpanProcessor(SimpleSpanProcessor.create(this)).build(),
                ids)
                .of(run);
    }

    public Branch root() {
        return root;
    }

    public List<SpanData> spans() {
        return List.copyOf(ended);
    }

    public List<SpanData> named(String name) {
        return ended.stream().filter(span -> span.getName().equals(name)).toList();
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        ended.addAll(spans);
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
