package org.campaignrecovery.local.twilio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.local.fault.FaultInjector;
import org.campaignrecovery.local.record.Json;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Stands in for Twilio's REST API on loopback: create, fetch and list messages, fetch the account, with signed status callbacks.
 *
 * <p>Every accepted message is appended to a file before it is answered with 201, one line of JSON: {@code at} (RFC 3339), {@code sid},
 * {@code to}, {@code from}, {@code body}, {@code statusCallback}. A restart reads the file, so look-ups survive it.
 */
public final class TwilioStandIn implements AutoCloseable {
    private static final int BACKLOG = 1_000;

    static {
        // Without it every answer on a kept connection waits for the client's delayed acknowledgement (40 ms).
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
        System.setProperty("sun.net.httpserver.idleInterval", "300");
    }

    private final Settings settings;
    private final AcceptedMessages messages;
    private final StatusCallbacks callbacks;
    private final MessagesApi api;
    private final FaultyRequests faulty;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newCachedThreadPool();

    /** What may be chosen. {@code delay} passes between the record and the answer. */
    public record Settings(int port, Path record, String accountSid, String authToken, Duration delay, FaultInjector faults) {

        /** Without faults. */
        public Settings(int port, Path record, String accountSid, String authToken, Duration delay) {
            this(port, record, accountSid, authToken, delay, FaultInjector.none());
        }
    }

    private TwilioStandIn(Settings settings) throws IOException {
        this.settings = settings;
        this.messages = AcceptedMessages.open(settings.record());
        this.callbacks = new StatusCallbacks(settings.accountSid(), settings.authToken());
        this.api = new MessagesApi(messages, callbacks, settings.accountSid(), Clock.systemUTC());
        this.faulty = new FaultyRequests(settings.faults(), api);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port()), BACKLOG);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
    }

    public static TwilioStandIn start(Settings settings) {
        try {
            TwilioStandIn standIn = new TwilioStandIn(settings);
            standIn.server.start();
            return standIn;
        } catch (IOException e) {
            throw new UncheckedIOException("The stand-in for Twilio could not start on port " + settings.port(), e);
        }
    }

    /** The base of the API's addresses, without a slash at the end. */
    public String baseUrl() {
        return "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        callbacks.close();
        executor.shutdownNow();
        try {
            messages.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Answer answer = authenticated(exchange) ? route(exchange, body) : Answer.UNAUTHENTICATED;
            if (answer == FaultyRequests.NO_ANSWER) {
                return;
            }
            byte[] json = Json.MAPPER.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), json.length);
            exchange.getResponseBody().write(json);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer route(HttpExchange exchange, String body) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        String account = "/2010-04-01/Accounts/" + settings.accountSid();
        String collection = account + "/Messages";
        boolean post = exchange.getRequestMethod().equals("POST");
        if (path.equals(collection + ".json") && post) {
            Answer answer = faulty.create(Form.parse(body));
            TimeUnit.NANOSECONDS.sleep(settings.delay().toNanos());
            return answer;
        }
        if (path.equals(collection + ".json")) {
            return api.list(path, Form.parse(exchange.getRequestURI().getRawQuery()));
        }
        if (path.equals(account + ".json") && !post) {
            return account(path);
        }
        if (path.startsWith(collection + "/") && path.endsWith(".json") && !post) {
            return api.fetch(path.substring(collection.length() + 1, path.length() - ".json".length()), path);
        }
        return Answer.notFound(path);
    }

    private Answer account(String path) {
        return new Answer(200, Map.of("sid", settings.accountSid(), "friendly_name", "Stand-in", "status", "active", "type", "Full", "uri",
                path));
    }

    private boolean authenticated(HttpExchange exchange) {
        String credentials = settings.accountSid() + ":" + settings.authToken();
        String expected = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return given != null && MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
