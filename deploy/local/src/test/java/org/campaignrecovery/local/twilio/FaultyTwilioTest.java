package org.campaignrecovery.local.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.local.fault.Fault;
import org.campaignrecovery.local.fault.FaultFile;
import org.campaignrecovery.local.fault.FaultInjector;
import org.campaignrecovery.local.fault.FaultKind;
import org.campaignrecovery.local.record.Json;
import org.campaignrecovery.local.record.NdjsonLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every fault of the stand-in for Twilio, as a client sees it. */
@Timeout(20)
class FaultyTwilioTest {
    private static final String TO = "+12075550140";
    private static final Duration A_WHILE = Duration.ofMillis(300);

    @TempDir
    Path directory;
    /** Without repetitions of its own: the JDK's client repeats a POST over a kept connection that was closed. */
    private final HttpClient client = HttpClient.newHttpClient();
    private FaultFile faults;
    private FaultInjector injector;
    private TwilioStandIn twilio;

    @BeforeEach
    void start() {
        faults = new FaultFile(directory.resolve("faults.json"), directory.resolve("faults.ndjson"));
        injector = FaultInjector.open(faults, Clock.systemUTC());
        twilio = TwilioStandIn
                .start(new TwilioStandIn.Settings(0, directory.resolve("sms.ndjson"), "AC1", "token", Duration.ZERO, injector));
    }

    @AfterEach
    void stop() {
        twilio.close();
        injector.close();
    }

    @ParameterizedTest
    @CsvSource({"SMS_THROTTLE, 429, 20429", "SMS_REFUSE, 400, 21610", "SMS_ERROR, 500, 20500", "SMS_TAKE_AND_ERROR, 500, 20500"})
    void answersWithAnError(FaultKind kind, int status, int code) throws Exception {
        faults.set(Fault.of(kind).lasting(Duration.ofMillis(2_500)));
        HttpResponse<String> answer = post();
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Json.parse(answer.body()).get("code").asInt()).isEqualTo(code);
        assertThat(answer.headers().firstValue("Retry-After").orElse("")).isEqualTo(kind == FaultKind.SMS_THROTTLE ? "3" : "");
        assertOnRecord(kind);
    }

    @ParameterizedTest
    @EnumSource(value = FaultKind.class, names = {"SMS_HANG", "SMS_TAKE_AND_HANG", "SMS_CLOSE", "SMS_TAKE_AND_CLOSE"})
    void givesNoAnswer(FaultKind kind) throws Exception {
        faults.set(Fault.of(kind).lasting(A_WHILE));
        long before = System.nanoTime();
        assertThatThrownBy(this::post).isInstanceOf(IOException.class);
        boolean hangs = kind == FaultKind.SMS_HANG || kind == FaultKind.SMS_TAKE_AND_HANG;
        assertThat(Duration.ofNanos(System.nanoTime() - before).compareTo(A_WHILE) > 0).isEqualTo(hangs);
        assertOnRecord(kind);
    }

    @ParameterizedTest
    @EnumSource(value = FaultKind.class, names = "SMS_SLOW")
    void answersSlowly(FaultKind kind) throws Exception {
        faults.set(Fault.of(kind).lasting(A_WHILE));
        long before = System.nanoTime();
        assertThat(post().statusCode()).isEqualTo(201);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(A_WHILE);
        assertOnRecord(kind);
    }

    private HttpResponse<String> post() throws Exception {
        String credentials = Base64.getEncoder().encodeToString("AC1:token".getBytes(StandardCharsets.UTF_8));
        return client.send(HttpRequest.newBuilder(URI.create(twilio.baseUrl() + "/2010-04-01/Accounts/AC1/Messages.json"))
                .header("Authorization", "Basic " + credentials).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(Form.encode(Map.of("To", TO, "From", "+15005550006", "Body", "x")))).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void assertOnRecord(FaultKind kind) throws IOException {
        assertThat(faults.injected()).singleElement().satisfies(strike -> {
            assertThat(strike.kind()).isEqualTo(kind);
            assertThat(strike.to()).isEqualTo(TO);
            assertThat(strike.channel()).isEqualTo("sms");
            assertThat(strike.recorded()).isEqualTo(kind.recorded());
            assertThat(strike.ambiguous()).isEqualTo(kind.ambiguous());
        });
        List<String> taken = new ArrayList<>();
        NdjsonLog.read(directory.resolve("sms.ndjson"), line -> taken.add(line.toString()));
        assertThat(taken).hasSize(kind.recorded() ? 1 : 0);
    }
}
