package org.campaignrecovery.systemtests;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.google.protobuf.ByteString;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;

/**
 * A span as a collector sees it.
 *
 * @param parent empty for the beginning of a trace
 * @param service which service it is from
 * @param process which process of it
 * @param says its attributes, as text
 */
record TraceSpan(String trace, String id, String parent, String name, Span.SpanKind kind, boolean error, String service, String process,
        Map<String, String> says) {

    static List<TraceSpan> of(ExportTraceServiceRequest request) {
        List<TraceSpan> spans = new ArrayList<>();
        request.getResourceSpansList().forEach(of -> {
            Map<String, String> resource = text(of.getResource().getAttributesList());
            of.getScopeSpansList().forEach(scope -> scope.getSpansList().forEach(span -> spans.add(of(span, resource))));
        });
        return spans;
    }

    private static TraceSpan of(Span span, Map<String, String> resource) {
        return new TraceSpan(hex(span.getTraceId()), hex(span.getSpanId()), hex(span.getParentSpanId()), span.getName(), span.getKind(),
                span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR, resource.get("service.name"),
                resource.get("service.instance.id"), text(span.getAttributesList()));
    }

    /** The span on which it hangs, if that is among these. */
    Optional<TraceSpan> under(List<TraceSpan> spans) {
        return spans.stream().filter(span -> span.id.equals(parent)).findFirst();
    }

    /** Service and name of this span, of the one on which it hangs, and so on to the beginning. */
    List<String> way(List<TraceSpan> spans) {
        List<String> way = new ArrayList<>(List.of(service + " " + name));
        under(spans).ifPresent(above -> way.addAll(above.way(spans)));
        return way;
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static Map<String, String> text(List<KeyValue> attributes) {
        Map<String, String> text = new TreeMap<>();
        attributes.forEach(attribute -> text.put(attribute.getKey(), text(attribute.getValue())));
        return text;
    }

    private static String text(AnyValue value) {
        return value.hasIntValue() ? String.valueOf(value.getIntValue()) : value.getStringValue();
    }
}
