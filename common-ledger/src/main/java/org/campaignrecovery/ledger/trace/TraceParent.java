package org.campaignrecovery.ledger.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;

/** W3C's header {@code traceparent}, by which events say where in a trace they were rung. */
public final class TraceParent {
    private static final String HEADER = "traceparent";
    private static final W3CTraceContextPropagator FORMAT = W3CTraceContextPropagator.getInstance();
    private static final TextMapGetter<String> VALUE = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String value) {
            return List.of(HEADER);
        }

        @Override
        public String get(String value, String key) {
            return HEADER.equals(key) ? value : null;
        }
    };

    private TraceParent() {
    }

    /** Says in an event where it was rung; nothing for {@link Branch#NONE}. */
    public static void write(Branch place, Headers headers) {
        String value = place.traceparent();
        if (value != null) {
            headers.add(HEADER, value.getBytes(UTF_8));
        }
    }

    /** What an event says of it, or null. */
    public static String read(Headers headers) {
        Header header = headers.lastHeader(HEADER);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    static String of(Context place) {
        Map<String, String> headers = new HashMap<>();
        FORMAT.inject(place, headers, Map::put);
        return headers.get(HEADER);
    }

    /** The span that the value names; an invalid one for null and for what is no such value. */
    static SpanContext span(String value) {
        return value == null ? SpanContext.getInvalid() : Span.fromContext(FORMAT.extract(Context.root(), value, VALUE)).getSpanContext();
    }
}
