package org.campaignrecovery.ledger.trace;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;

/** Keeps the spans that have ended, in that order. */
final class CollectedSpans implements SpanExporter {
    private final List<SpanData> ended = new CopyOnWriteArrayList<>();

    /** The traces of a process that exports to here. */
    RunTraces traces(Sampler sampler) {
        RunIds ids = new RunIds();
        return new RunTraces(SdkTracerProvider.builder().setIdGenerator(ids).setSampler(sampler)
                .addSpanProcessor(SimpleSpanProcessor.create(this)).build(), ids);
    }

    List<SpanData> all() {
        return List.copyOf(ended);
    }

    SpanData named(String name) {
        return ended.stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
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
