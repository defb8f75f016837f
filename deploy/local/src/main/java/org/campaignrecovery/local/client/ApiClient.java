package org.campaignrecovery.local.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import org.campaignrecovery.local.record.Json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/** One person's session with an api; every instance has cookies of its own. Calls wait at most 30 s. */
public final class ApiClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI base;
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5))
            .cookieHandler(cookies).build();

    public ApiClient(URI base) {
        this.base = base;
    }

    /** A session of its own, logged in. @throws ApiException with status 401 when the password is wrong */
    public static ApiClient login(URI base, String username, String password) {
        ApiClient client = new ApiClient(base);
        client.post("/api/auth/login", Map.of("username", username, "password", password));
        return client;
    }

    /** The session that {@link #session} told of; it may have ended. */
    public static ApiClient resume(URI base, String session) {
        ApiClient client = new ApiClient(base);
        HttpCookie.parse(session).forEach(cookie -> {
            cookie.setPath("/");
            cookie.setVersion(0);
            client.cookies.getCookieStore().add(base, cookie);
        });
        return client;
    }

    /** The cookie of this session, a secret: {@code name=value}, or empty when there is none. */
    public String session() {
        return cookies.getCookieStore().get(base).stream().findFirst().map(cookie -> cookie.getName() + "=" + cookie.getValue()).orElse("");
    }

    public JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    /** Without a body. */
    public JsonNode post(String path) {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()).build());
    }

    /** @param body anything that Jackson can write */
    public JsonNode post(String path, Object body) {
        return send(withBody("POST", path, body));
    }

    public JsonNode put(String path, Object body) {
        return send(withBody("PUT", path, body));
    }

    /** The answer whatever its status; {@code body} is sent as it stands. */
    public HttpResponse<String> exchange(String method, String path, String body) {
        HttpRequest.Builder request = request(path);
        return call(body == null
                ? request.method(method, HttpRequest.BodyPublishers.noBody()).build()
                : request.header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(body)).build());
    }

    private HttpRequest withBody(String method, String path, Object body) {
        String json = Json.MAPPER.valueToTree(body).toString();
        return request(path).header("Content-Type", "application/json").method(method, HttpRequest.BodyPublishers.ofString(json)).build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT).header("Accept", "application/json");
    }

    /** The body of a 2xx answer; a missing node when it has none. */
    private JsonNode send(HttpRequest request) {
        HttpResponse<String> answer = call(request);
        if (answer.statusCode() / 100 != 2) {
            throw new ApiException(request.method() + " " + request.uri(), answer.statusCode(), answer.body());
        }
        return answer.body().isBlank() ? MissingNode.getInstance() : Json.parse(answer.body());
    }

    private HttpResponse<String> call(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri() + " got no answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while calling " + request.uri(), e);
        }
    }
}
