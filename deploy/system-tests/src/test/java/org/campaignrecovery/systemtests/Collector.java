package org.campaignrecovery.systemtests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;

/** A collector of traces as OTLP over HTTP speaks to it; keeps all that it was sent, as spans and as it came. */
final class Collector implements AfterAllCallback {
    private final HttpServer server;
    private final List<TraceSpan> spans = new CopyOnWriteArrayList<>();
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> strays = new CopyOnWriteArrayList<>();

    private Collector(HttpServer server) {
        this.server = server;
    }

    /** Listens on a free port from now until the end of the test class. */
    static Collector listening() {
        try {
            Collector collector = new Collector(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            collector.server.createContext("/", collector::stray);
            collector.server.createContext("/v1/traces", collector::take);
            collector.server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What OTEL_EXPORTER_OTLP_ENDPOINT says then. */
    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The spans of a trace that have come so far. */
    List<TraceSpan> trace(String id) {
        return spans.stream().filter(span -> span.trace().equals(id)).toList();
    }

    List<TraceSpan> all() {
        return List.copyOf(spans);
    }

    /** Requests for anything but traces. */
    List<String> strays() {
        return List.copyOf(strays);
    }

    /** Which of these texts occur anywhere in what was sent: names, attributes, events, resources. */
    List<String> occurring(Collection<String> texts) {
        List<String> asBytes = texts.stream().map(text -> new String(text.getBytes(StandardCharsets.UTF_8), ISO_8859_1)).toList();
        return asBytes.stream().filter(text -> bodies.stream().anyMatch(body -> body.contains(text))).toList();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = zipped ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
            bodies.add(new String(body, ISO_8859_1));
            spans.addAll(TraceSpan.of(ExportTraceServiceRequest.parseFrom(body)));
        }
        byte[] answer = ExportTraceServiceResponse.getDefaultInstance().toByteArray();
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
        exchange.close();
    }

    private void stray(HttpExchange exchange) throws IOException {
        strays.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        exchange.sendResponseHeaders(404, -1);
        exchange.close();
    }
}
