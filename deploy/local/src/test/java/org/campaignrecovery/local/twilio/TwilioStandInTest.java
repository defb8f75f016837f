package org.campaignrecovery.local.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.local.record.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;

class TwilioStandInTest {
    private static final String ACCOUNT = "AC1";
    private static final String TOKEN = "token";
    private static final String MESSAGES = "/2010-04-01/Accounts/AC1/Messages.json";

    @TempDir
    Path directory;
    private final HttpClient client = HttpClient.newHttpClient();
    private Path record;
    private TwilioStandIn twilio;

    @BeforeEach
    void start() {
        record = directory.resolve("sms.ndjson");
        twilio = TwilioStandIn.start(new TwilioStandIn.Settings(0, record, ACCOUNT, TOKEN, Duration.ZERO));
    }

    @AfterEach
    void stop() {
        twilio.close();
    }

    @Test
    void recordsAMessageAndFindsItAfterARestart() throws Exception {
        var created = post(Map.of("To", "+12075550140", "From", "+15005550006", "Body", "Hi Zoë"));
        assertThat(created.statusCode()).isEqualTo(201);
        JsonNode message = Json.parse(created.body());
        assertThat(message.get("status").asText()).isEqualTo("queued");
        assertThat(message.get("from").asText()).isEqualTo("+15005550006");
        JsonNode line = Json.parse(Files.readString(record));
        assertThat(line.get("to").asText()).isEqualTo("+12075550140");
        assertThat(line.get("body").asText()).isEqualTo("Hi Zoë");
        assertThat(line.get("statusCallback").isNull()).isTrue();

        twilio.close();
        start();
        String sid = message.get("sid").asText();
        assertThat(Json.parse(get(MESSAGES.replace(".json", "/" + sid + ".json")).body()).get("sid").asText()).isEqualTo(sid);
        assertThat(get(MESSAGES.replace(".json", "/SMnone.json")).statusCode()).isEqualTo(404);
    }

    @Test
    void tellsAboutItsAccountAndRefusesOthers() throws Exception {
        var account = get("/2010-04-01/Accounts/AC1.json");
        assertThat(account.statusCode()).isEqualTo(200);
        assertThat(Json.parse(account.body()).get("status").asText()).isEqualTo("active");
        assertThat(get("/2010-04-01/Accounts/AC2.json").statusCode()).isEqualTo(404);
    }

    @Test
    void listsByRecipientInPages() throws Exception {
        for (int i = 0; i < 3; i++) {
            post(Map.of("To", "+12075550140", "MessagingServiceSid", "MG1", "Body", "no " + i));
        }
        post(Map.of("To", "+12075550141", "MessagingServiceSid", "MG1", "Body", "other"));
        JsonNode first = Json.parse(get(MESSAGES + "?To=%2B12075550140&PageSize=2").body());
        assertThat(first.get("messages")).hasSize(2);
        assertThat(first.get("messages").get(0).get("messaging_service_sid").asText()).isEqualTo("MG1");
        JsonNode second = Json.parse(get(first.get("next_page_uri").asText()).body());
        assertThat(second.get("messages")).hasSize(1);
        assertThat(second.get("next_page_uri").isNull()).isTrue();
    }

    @Test
    void refusesAsTwilioDoes() throws Exception {
        var invalid = post(Map.of("To", "12", "From", "+15005550006", "Body", "x"));
        assertThat(invalid.statusCode()).isEqualTo(400);
        assertThat(Json.parse(invalid.body()).get("code").asInt()).isEqualTo(21211);
        assertThat(Json.parse(post(Map.of("To", "+12075550140", "Body", "x")).body()).get("code").asInt()).isEqualTo(21603);
        var stranger = HttpRequest.newBuilder(URI.create(twilio.baseUrl() + MESSAGES)).build();
        assertThat(client.send(stranger, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(401);
        assertThat(Files.readString(record)).isEmpty();
    }

    @Test
    void tellsTheStatusSigned() throws Exception {
        BlockingQueue<Map<String, String>> told = new LinkedBlockingQueue<>();
        HttpServer listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            Map<String, String> form = Form.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            form.put("signature", exchange.getRequestHeaders().getFirst("X-Twilio-Signature"));
            told.add(form);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        listener.start();
        try {
            String url = "http://127.0.0.1:" + listener.getAddress().getPort() + "/status?delivery=d%2B1";
            post(Map.of("To", "+12075550140", "From", "+15005550006", "Body", "x", "StatusCallback", url));
            for (String status : new String[]{"queued", "sent", "delivered"}) {
                Map<String, String> form = told.poll(10, TimeUnit.SECONDS);
                assertThat(form).containsEntry("MessageStatus", status).containsEntry("To", "+12075550140");
                String signature = form.remove("signature");
                assertThat(signature).isEqualTo(TwilioSignature.of(TOKEN, url, form));
            }
        } finally {
            listener.stop(0);
        }
    }

    /** The example of Twilio's own documentation on request validation. */
    @Test
    void signsAsTwilioDocuments() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("CallSid", "CA1234567890ABCDE");
        form.put("Caller", "+12349013030");
        form.put("Digits", "1234");
        form.put("From", "+12349013030");
        form.put("To", "+18005551212");
        assertThat(TwilioSignature.of("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form))
                .isEqualTo("0/KCTR6DLpKmkAf8muzZqo1nDgQ=");
    }

    private HttpResponse<String> post(Map<String, String> form) throws Exception {
        return client.send(request(MESSAGES).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Form.encode(form))).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        String credentials = Base64.getEncoder().encodeToString((ACCOUNT + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(twilio.baseUrl() + path)).header("Authorization", "Basic " + credentials);
    }
}
