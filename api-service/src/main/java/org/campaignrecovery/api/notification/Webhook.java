package org.campaignrecovery.api.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.smallrye.mutiny.Uni;

/**
 * Posts notifications, signed as the Standard Webhooks specification has it: {@code webhook-id}, {@code webhook-timestamp} and
 * {@code webhook-signature}, HMAC-SHA256 over the three parts {@code id.timestamp.body}.
 */
final class Webhook {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int OK = 2;

    private final URI url;
    private final byte[] secret;
    private final Duration timeout;
    private final ObjectMapper json;
    private final HttpClient http;

    Webhook(URI url, String secret, Duration timeout, ObjectMapper json) {
        this.url = url;
        this.secret = secret.getBytes(UTF_8);
        this.timeout = timeout;
        this.json = json;
        this.http = HttpClient.newBuilder().connectTimeout(timeout).followRedirects(HttpClient.Redirect.NEVER).build();
    }

    /** Completes when the receiver has answered with a 2xx; fails with what it answered otherwise, or with why it could not be asked. */
    Uni<Void> post(NotificationDocument notification, Instant now) {
        String body = body(notification);
        String timestamp = String.valueOf(now.getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(url).timeout(timeout).header("Content-Type", "application/json")
                .header("webhook-id", notification.id()).header("webhook-timestamp", timestamp)
                .header("webhook-signature", "v1," + signature(notification.id(), timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        return Uni.createFrom().completionStage(() -> http.sendAsync(request, HttpResponse.BodyHandlers.discarding())).invoke(answer -> {
            if (answer.statusCode() / 100 != OK) {
                throw new IllegalStateException("it answered " + answer.statusCode());
            }
        }).replaceWithVoid();
    }

    private String body(NotificationDocument notification) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("campaignId", notification.campaign());
        data.put("campaignName", notification.campaignName());
        data.put("runId", notification.run());
        data.put("who", notification.who());
        data.put("why", notification.why());
        data.values().removeIf(value -> value == null);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", notification.kind().wire());
        body.put("timestamp", notification.at().toString());
        body.put("data", data);
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String signature(String id, String timestamp, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal((id + "." + timestamp + "." + body).getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
