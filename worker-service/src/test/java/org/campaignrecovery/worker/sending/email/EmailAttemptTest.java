package org.campaignrecovery.worker.sending.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.campaignrecovery.worker.sending.email.smtp.ScriptedSmtpServer.CLOSE;
import static org.campaignrecovery.worker.sending.email.smtp.ScriptedSmtpServer.HANG;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

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
import org.campaignrecovery.worker.sending.email.smtp.ScriptedSmtpServer;
import org.campaignrecovery.worker.sending.email.smtp.ScriptedSmtpServer.Deed;
import org.campaignrecovery.worker.sending.email.smtp.ScriptedSmtpServer.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** What an attempt comes to, whatever the server does and wherever in the dialogue: accepted, refused, worth another try, in doubt. */
class EmailAttemptTest {
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final MessageSender.Gate OPEN = () -> Uni.createFrom().item(true);

    private final ScriptedSmtpServer server = new ScriptedSmtpServer();
    private final Vertx vertx = Vertx.vertx();
    private final Map<String, String> settings = new HashMap<>(Map.of("campaign.smtp.host", "127.0.0.1", "campaign.smtp.tls", "off",
            "campaign.smtp.port", String.valueOf(server.port()), "campaign.sending.provider-timeout", "2s",
            "campaign.sending.email.connections", "2"));

    @AfterEach
    void stop() throws IOException {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest(name = "{0} answered with {1}: {2}")
    @CsvSource({"MAIL, 451 later, retry_wait", "MAIL, 421 enough, retry_wait",
            "MAIL, 550 no, failed",
            "RCPT, 450 greylisted, retry_wait", "RCPT, 550 no such user, failed", "DATA, 451 later, retry_wait", "DATA, 554 no, failed",
            "DOT, 250 taken, sent", "DOT, 452 full, retry_wait", "DOT, 554 spam, failed"})
    void aReplyIsDefinite(Step where, String reply, String state) {
        server.does(Deed.at(where, reply));
        ProviderAnswer answer = answer();
        assertThat(answer.outcome().state().wire()).isEqualTo(state);
        assertThat(answer.trouble() == null).as("%s", answer.trouble()).isEqualTo(!reply.startsWith("421"));
    }

    /** Nothing was begun, the try does not count, and the provider is in trouble. */
    @ParameterizedTest(name = "{0} answered with {1}")
    @CsvSource({"GREETING, 421 too busy", "GREETING, 554 go away", "EHLO, 500 no", "EHLO, close"})
    void aServerThatDoesNotLetUsInIsInTrouble(Step where, String reply) {
        server.does(Deed.at(where, reply));
        assertUnreached();
    }

    @Test
    void aConnectionThatIsLostAfterTheFinalDotLeavesDoubt() {
        server.does(Deed.at(Step.DOT, CLOSE));
        assertThat(send().state()).isEqualTo(DeliveryState.IN_DOUBT);
        assertThat(server.accepted()).hasSize(1);
    }

    @Test
    void noAnswerToTheFinalDotLeavesDoubt() {
        server.does(Deed.at(Step.DOT, HANG));
        assertThat(send().state()).isEqualTo(DeliveryState.IN_DOUBT);
    }

    @Test
    void aServerThatIsNotThereIsInTrouble() throws IOException {
        try (ServerSocket nobody = new ServerSocket(0)) {
            settings.put("campaign.smtp.port", String.valueOf(nobody.getLocalPort()));
        }
        assertUnreached();
    }

    @Test
    void aServerThatIsUnknownIsInTrouble() {
        settings.put("campaign.smtp.host", "nowhere.invalid");
        assertUnreached();
    }

    /** A wrong password must not put a whole campaign in doubt: nothing was handed over. */
    @Test
    void aLogInThatIsRefusedIsInTrouble() {
        settings.putAll(Map.of("campaign.smtp.username", "shop", "campaign.smtp.password", "wrong"));
        server.does(Deed.at(Step.AUTH, "535 wrong"));
        assertUnreached();
    }

    @Test
    void aServerThatOffersNoEncryptionIsInTrouble() {
        settings.put("campaign.smtp.tls", "starttls");
        assertUnreached();
    }

    @Test
    void aServerThatSpeaksNoTlsIsInTrouble() {
        settings.putAll(Map.of("campaign.smtp.tls", "tls", "campaign.sending.provider-timeout", "8s"));
        assertUnreached();
    }

    /** A gate that fails has not said yes: nothing is handed over, so nothing is in doubt. */
    @Test
    void nothingIsHandedOverWhenTheGateFails() {
        assertThat(attempt(sender(), () -> Uni.createFrom().failure(new IllegalStateException("the ledger is away")))).isNull();
        assertThat(server.accepted()).isEmpty();
    }

    @Test
    void nothingIsHandedOverWhenTheGateSaysNo() {
        EmailSender sender = sender();
        for (int i = 0; i < 5; i++) {
            assertThat(attempt(sender, () -> Uni.createFrom().item(false))).isNull();
        }
        assertThat(server.accepted()).isEmpty();
        assertThat(attempt(sender, OPEN).outcome().state()).isEqualTo(DeliveryState.SENT);
    }

    /** Wherever the server hangs or hangs up: the connections come back, or the channel would stand still for ever. */
    @ParameterizedTest
    @CsvSource({"GREETING, hang", "EHLO, close", "MAIL, hang", "DATA, close", "DOT, close", "DOT, hang", "GREETING, close"})
    void connectionsComeBack(Step where, String how) {
        EmailSender sender = sender();
        server.does(Deed.at(where, how));
        List<ProviderAnswer> bad = attempts(sender, 4);
        assertThat(bad).allMatch(answer -> answer.trouble() != null);
        server.does(step -> ScriptedSmtpServer.USUAL);
        assertThat(attempts(sender, 4)).allMatch(answer -> answer.outcome() instanceof Outcome.Accepted);
    }

    private List<ProviderAnswer> attempts(EmailSender sender, int n) {
        List<Uni<ProviderAnswer>> attempts = new ArrayList<>(
                IntStream.range(0, n).mapToObj(i -> ready(sender).send(OPEN, SenderSettings.CLAIM, new Try(1, null))).toList());
        return Uni.join().all(attempts).andCollectFailures().await().atMost(LONGEST);
    }

    private void assertUnreached() {
        ProviderAnswer answer = answer();
        assertThat(answer.outcome()).isNull();
        assertThat(answer.trouble()).isNotBlank();
        assertThat(server.accepted()).isEmpty();
    }

    private Outcome send() {
        return answer().outcome();
    }

    private ProviderAnswer answer() {
        return attempt(sender(), OPEN);
    }

    private static ProviderAnswer attempt(EmailSender sender, MessageSender.Gate gate) {
        return ready(sender).send(gate, SenderSettings.CLAIM, new Try(1, null)).await().atMost(LONGEST);
    }

    private static MessageSender.Ready ready(EmailSender sender) {
        try {
            return sender.prepare(SenderSettings.run(TestRuns.EMAIL),
                    SenderSettings.delivery(Channel.EMAIL, "ada@x.org", Map.of("name", "Ada")));
        } catch (ContentException e) {
            throw new IllegalStateException(e);
        }
    }

    private EmailSender sender() {
        EmailConfig smtp = SenderSettings.of(EmailConfig.class, settings);
        SendingConfig sending = SenderSettings.of(SendingConfig.class, settings);
        return new EmailSender(vertx, smtp, sending, new MimeMessages(smtp), new SmtpOutcomes(SenderSettings.retries(settings)));
    }
}
