package org.campaignrecovery.local.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import org.campaignrecovery.local.record.Json;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Answers as an api does to the launcher: readiness, login, users. */
final class FakeService {
    private static final Map<String, String> PASSWORDS = new ConcurrentHashMap<>();

    private FakeService() {
    }

    public static void main(String[] arguments) throws IOException {
        if (System.getenv("ADMIN_USERNAME") != null) {
            PASSWORDS.put(System.getenv("ADMIN_USERNAME"), System.getenv("ADMIN_PASSWORD"));
        }
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(System.getenv("PORT")));
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/q/health/ready", exchange -> answer(exchange, System.getenv("MONGO_URI") == null ? 503 : 200));
        server.createContext("/api/auth/login", FakeService::login);
        server.createContext("/api/users", FakeService::createUser);
        server.start();
    }

    /** A jar that starts this class from where it was compiled. */
    static Path jar(Path directory) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, location(FakeService.class) + " " + location(Json.class) + " "
                + location(JsonNode.class) + " " + location(com.fasterxml.jackson.core.TreeNode.class) + " "
                + location(com.fasterxml.jackson.annotation.JsonFormat.class));
        Path jar = directory.resolve("fake.jar");
        try {
            new JarOutputStream(Files.newOutputStream(jar), manifest).close();
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String location(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().toString();
    }

    private static void login(HttpExchange exchange) throws IOException {
        JsonNode credentials = Json.MAPPER.readTree(exchange.getRequestBody());
        boolean right = credentials.get("password").asText().equals(PASSWORDS.get(credentials.get("username").asText()));
        exchange.getResponseHeaders().add("Set-Cookie", "session=" + credentials.get("username").asText() + "; Path=/; HttpOnly");
        answer(exchange, right ? 204 : 401);
    }

    private static void createUser(HttpExchange exchange) throws IOException {
        JsonNode user = Json.MAPPER.readTree(exchange.getRequestBody());
        boolean admin = "session=admin".equals(exchange.getRequestHeaders().getFirst("Cookie"));
        boolean created = admin && PASSWORDS.putIfAbsent(user.get("username").asText(), user.get("password").asText()) == null;
        answer(exchange, !admin ? 403 : created ? 201 : 409);
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
