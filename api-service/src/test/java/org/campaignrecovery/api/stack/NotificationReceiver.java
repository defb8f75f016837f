package org.campaignrecovery.api.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Receives notifications: the first post of each is answered with 503, every further one with 204. A GET shows all posts, one a line: the
 * three headers of the signature and the body, with spaces between.
 */
class NotificationReceiver {
    static final String SECRET = "a secret only for these tests";
    private static final List<String> HEADERS = List.of("webhook-id", "webhook-timestamp", "webhook-signature");

    private final Queue<String> posts = new ConcurrentLinkedQueue<>();
    private final ConcurrentHashMap<String, Integer> attempts = new ConcurrentHashMap<>();
    private HttpServer server;

    /** @return where to post */
    String start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private void answer(HttpExchange exchange) {
        try (exchange) {
            if (exchange.getRequestMethod().equals("GET")) {
                byte[] all = String.join("\n", posts).getBytes(UTF_8);
                exchange.sendResponseHeaders(200, all.length == 0 ? -1 : all.length);
                exchange.getResponseBody().write(all);
                return;
            }
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            posts.add(HEADERS.stream().map(exchange.getRequestHeaders()::getFirst).collect(Collectors.joining(" ")) + " " + body);
            int attempt = attempts.merge(exchange.getRequestHeaders().getFirst("webhook-id"), 1, Integer::sum);
            exchange.sendResponseHeaders(attempt == 1 ? 503 : 204, -1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
