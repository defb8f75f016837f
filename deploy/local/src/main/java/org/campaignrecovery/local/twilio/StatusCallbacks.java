package org.campaignrecovery.local.twilio;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Tells a message's way to its status callback: queued, sent, delivered, one after the other, signed as Twilio signs.
 *
 * <p>A callback that cannot be delivered is lost, as it may be with Twilio. At most {@value #CONCURRENT} messages are told about at a time.
 */
final class StatusCallbacks implements AutoCloseable {
    private static final int CONCURRENT = 8;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final List<String> WAY = List.of("queued", "sent", "delivered");

    private final String account;
    private final String authToken;
    private final ExecutorService executor = Executors.newFixedThreadPool(CONCURRENT, StatusCallbacks::daemon);
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
    private final Map<String, String> underWay = new ConcurrentHashMap<>();

    StatusCallbacks(String account, String authToken) {
        this.account = account;
        this.authToken = authToken;
    }

    /** Starts telling about {@code message}; returns at once. */
    void announce(TwilioMessage message) {
        if (message.statusCallback() == null) {
            return;
        }
        underWay.put(message.sid(), WAY.get(0));
        CompletableFuture.runAsync(() -> WAY.forEach(status -> tell(message, status)), executor)
                .whenComplete((done, failure) -> underWay.remove(message.sid()));
    }

    /** Messages whose way was told, or that nobody wants to hear about, are delivered. */
    String status(TwilioMessage message) {
        return underWay.getOrDefault(message.sid(), WAY.get(WAY.size() - 1));
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void tell(TwilioMessage message, String status) {
        underWay.put(message.sid(), status);
        Map<String, String> form = new LinkedHashMap<>();
        form.put("AccountSid", account);
        form.put("ApiVersion", "2010-04-01");
        form.put("From", message.from());
        form.put("MessageSid", message.sid());
        form.put("MessageStatus", status);
        form.put("SmsSid", message.sid());
        form.put("SmsStatus", status);
        form.put("To", message.to());
        HttpRequest request = HttpRequest.newBuilder(URI.create(message.statusCallback())).timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Twilio-Signature", TwilioSignature.of(authToken, message.statusCallback(), form))
                .POST(HttpRequest.BodyPublishers.ofString(Form.encode(form))).build();
        client.sendAsync(request, HttpResponse.BodyHandlers.discarding()).handle((answer, lost) -> answer).join();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "twilio-callback");
        thread.setDaemon(true);
        return thread;
    }
}
