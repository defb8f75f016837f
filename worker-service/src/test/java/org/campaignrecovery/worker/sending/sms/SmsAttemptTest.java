package org.campaignrecovery.worker.sending.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.model.template.ContentException;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.sending.MessageSender;
import org.campaignrecovery.worker.sending.ProviderAnswer;
import org.campaignrecovery.worker.sending.SenderSettings;
import org.campaignrecovery.worker.sending.SendingConfig;
import org.campaignrecovery.worker.sending.Try;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.smallrye.mutiny.Uni;

/** What an attempt comes to, whatever the provider answers, and that it is one POST: another one may be another SMS. */
class SmsAttemptTest {
    private static final String TAKEN = "{\"sid\":\"SM123\",\"status\":\"queued\",\"to\":\"+12025550101\",\"body\":\"Hello Ada\"}";
    private static final MessageSender.Gate OPEN = () -> Uni.createFrom().item(true);

    private final AtomicInteger posts = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> settings = new HashMap<>(Map.of("campaign.twilio.account-sid", "AC1", "campaign.twilio.auth-token",
            "token", "campaign.twilio.from", "+12025550100", "campaign.sending.provider-timeout", "2s", "campaign.sending.sms.connections",
            "2"));
    private HttpServer server;
    private volatile int status = 201;
    private volatile String body = TAKEN;
    private volatile String posted;
    private volatile String retryAfter;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
        settings.put("campaign.twilio.api-base", "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void keepsTheProvidersNameForTheMessage() {
        assertThat(send()).isEqualTo(new Outcome.Accepted("SM123"));
        assertThat(posted).contains("To=%2B12025550101").contains("From=%2B12025550100").contains("Body=Hello");
        assertThat(posts).hasValue(1);
    }

    @Test
    void asksToBeToldWhatBecomesOfThisVeryAttempt() {
        send();
        assertThat(posted).as("nobody reaches us").doesNotContain("StatusCallback");
        settings.put("campaign.twilio.public-url", "https://shop.example/campaigns/");
        send();
        assertThat(URLDecoder.decode(posted, StandardCharsets.UTF_8)).contains("StatusCallback=https://shop.example/campaigns"
                + "/api/webhooks/twilio/status?delivery=Zm9vYmFyYmF6cXV4MTIzNDU2&claim=boot%3A7");
    }

    @ParameterizedTest(name = "HTTP {0}: {1}")
    @CsvSource({"429, retry_wait", "400, failed", "403, failed", "404, failed", "500, in_doubt", "502, in_doubt", "503, in_doubt",
            "504, in_doubt", "307, in_doubt", "308, in_doubt"})
    void anAnswerIsReadOnceAndNeverAskedForAgain(int answer, String state) {
        status = answer;
        body = "{\"code\":20000,\"message\":\"no\",\"status\":" + answer + "}";
        ProviderAnswer heard = answer();
        assertThat(heard.outcome().state().wire()).isEqualTo(state);
        assertThat(heard.trouble() != null).isEqualTo(answer == 429 || answer >= 500);
        assertThat(heard.tooMuch()).isEqualTo(answer == 429);
        assertThat(posts).hasValue(1);
    }

    /** A wrong token must not fail a whole campaign. */
    @Test
    void aLogInThatIsRefusedIsNoAttempt() {
        status = 401;
        body = "{\"code\":20003,\"message\":\"Authenticate\",\"status\":401}";
        assertUnreached();
    }

    @ParameterizedTest(name = "HTTP {0} without Twilio''s JSON: {1}")
    @CsvSource({"429, retry_wait", "400, failed", "500, in_doubt", "503, in_doubt"})
    void anAnswerOfSomethingInBetweenCountsByItsStatus(int answer, String state) {
        status = answer;
        body = "<html>no</html>";
        assertThat(send().state().wire()).isEqualTo(state);
        assertThat(posts).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}"})
    void anAnswerThatSaysTakenButCannotBeReadIsNeverSentAgain(String answer) {
        body = answer;
        assertThat(send().state()).isEqualTo(DeliveryState.IN_DOUBT);
        assertThat(posts).hasValue(1);
    }

    @Test
    void noAnswerLeavesDoubtAfterOnePost() {
        status = 0;
        assertThat(send().state()).isEqualTo(DeliveryState.IN_DOUBT);
        assertThat(posts).hasValue(1);
    }

    @Test
    void connectionsComeBackFromAProviderThatHangs() {
        status = 0;
        SmsSender sender = sender();
        for (int i = 0; i < 3; i++) {
            assertThat(attempt(sender, OPEN).outcome().state()).isEqualTo(DeliveryState.IN_DOUBT);
        }
        status = 201;
        assertThat(attempt(sender, OPEN).outcome().state()).isEqualTo(DeliveryState.SENT);
    }

    @Test
    void aProviderThatIsNotThereIsInTrouble() throws IOException {
        try (ServerSocket nobody = new ServerSocket(0)) {
            settings.put("campaign.twilio.api-base", "http://127.0.0.1:" + nobody.getLocalPort());
        }
        assertUnreached();
    }

    @Test
    void aProviderThatIsUnknownIsInTrouble() {
        settings.put("campaign.twilio.api-base", "http://nowhere.invalid");
        assertUnreached();
    }

    @Test
    void aServerThatSpeaksNoTlsIsInTrouble() {
        settings.put("campaign.twilio.api-base", "https://127.0.0.1:" + server.getAddress().getPort());
        assertUnreached();
        assertThat(posts).hasValue(0);
    }

    @Test
    void aFailureOfOurOwnBeforeTheRequestIsWrittenIsNoAttempt() {
        SmsOutcomes outcomes = new SmsOutcomes(SenderSettings.retries(settings));
        assertThat(outcomes.of(new NoClassDefFoundError("gone"), new Try(1, null), false).outcome()).isNull();
        assertThat(outcomes.of(new NoClassDefFoundError("gone"), new Try(1, null), true).outcome().state())
                .isEqualTo(DeliveryState.IN_DOUBT);
    }

    @Test
    void whatTheProviderAsksToWaitIsWaited() {
        status = 429;
        retryAfter = "120";
        ProviderAnswer answer = answer();
        assertThat(((Outcome.RefusedForNow) answer.outcome()).notBefore()).isEqualTo(SenderSettings.NOW.plusSeconds(120));
        assertThat(answer.pause()).isEqualTo(Duration.ofSeconds(120));
    }

    /** A gate that fails has not said yes: nothing is handed over, so nothing is in doubt. */
    @Test
    void nothingIsHandedOverWhenTheGateFails() {
        assertThat(attempt(sender(), () -> Uni.createFrom().failure(new IllegalStateException("the ledger is away")))).isNull();
        assertThat(posts).hasValue(0);
    }

    @Test
    void nothingIsHandedOverWhenTheGateSaysNo() {
        SmsSender sender = sender();
        for (int i = 0; i < 5; i++) {
            assertThat(attempt(sender, () -> Uni.createFrom().item(false))).isNull();
        }
        assertThat(posts).hasValue(0);
    }

    @Test
    void aRefusalThatWasTriedOftenEnoughIsFinal() {
        status = 429;
        body = "{\"code\":20429,\"message\":\"too many\",\"status\":429}";
        Outcome last = ready(sender()).send(OPEN, SenderSettings.CLAIM, new Try(8, null)).await().atMost(Duration.ofSeconds(10)).outcome();
        assertThat(last.state()).isEqualTo(DeliveryState.FAILED);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            posts.incrementAndGet();
            posted = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (status == 0) {
                end.await();
                return;
            }
            if (status / 100 == 3) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            if (retryAfter != null) {
                exchange.getResponseHeaders().set("Retry-After", retryAfter);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertUnreached() {
        ProviderAnswer answer = answer();
        assertThat(answer.outcome()).isNull();
        assertThat(answer.trouble()).isNotBlank();
    }

    private Outcome send() {
        return answer().outcome();
    }

    private ProviderAnswer answer() {
        return attempt(sender(), OPEN);
    }

    private static ProviderAnswer attempt(SmsSender sender, MessageSender.Gate gate) {
        return ready(sender).send(gate, SenderSettings.CLAIM, new Try(1, null)).await().atMost(Duration.ofSeconds(10));
    }

    private static MessageSender.Ready ready(SmsSender sender) {
        try {
            return sender.prepare(SenderSettings.run(TestRuns.EMAIL),
                    SenderSettings.delivery(Channel.SMS, "+12025550101", Map.of("name", "Ada")));
        } catch (ContentException e) {
            throw new IllegalStateException(e);
        }
    }

    private SmsSender sender() {
        return new SmsSender(SenderSettings.of(SmsConfig.class, settings), SenderSettings.of(SendingConfig.class, settings),
                new SmsOutcomes(SenderSettings.retries(settings)));
    }
}
