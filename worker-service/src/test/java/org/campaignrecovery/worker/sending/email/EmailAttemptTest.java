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
import org.campaignrecovery.worker.sending.SenderSettings;
import org.campaignrecovery.worker.sending.SendingConfig;
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
    @CsvSource({"GREETING, 421 too busy, retry_wait", "GREETING, 554 go away, retry_wait", "MAIL, 451 later, retry_wait",
            "MAIL, 550 no, failed",
            "RCPT, 450 greylisted, retry_wait", "RCPT, 550 no such user, failed", "DATA, 451 later, retry_wait", "DATA, 554 no, failed",
            "DOT, 250 taken, sent", "DOT, 452 full, retry_wait", "DOT, 554 spam, failed"})
    void aReplyIsDefinite(Step where, String reply, String state) {
        server.does(Deed.at(where, reply));
        assertThat(send().state().wire()).isEqualTo(state);
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
    void aServerThatIsNotThereIsWorthAnotherTry() throws IOException {
        try (ServerSocket nobody = new ServerSocket(0)) {
            settings.put("campaign.smtp.port", String.valueOf(nobody.getLocalPort()));
        }
        assertThat(send().state()).isEqualTo(DeliveryState.RETRY_WAIT);
    }

    @Test
    void aServerThatIsUnknownIsWorthAnotherTry() {
        settings.put("campaign.smtp.host", "nowhere.invalid");
        assertThat(send().state()).isEqualTo(DeliveryState.RETRY_WAIT);
    }

    /** A wrong password must not put a whole campaign in doubt: nothing was handed over. */
    @Test
    void aLogInThatIsRefusedIsWorthAnotherTry() {
        settings.putAll(Map.of("campaign.smtp.username", "shop", "campaign.smtp.password", "wrong"));
        server.does(Deed.at(Step.AUTH, "535 wrong"));
        assertThat(send().state()).isEqualTo(DeliveryState.RETRY_WAIT);
    }

    @Test
    void aServerThatOffersNoEncryptionIsWorthAnotherTry() {
        settings.put("campaign.smtp.tls", "starttls");
        assertThat(send().state()).isEqualTo(DeliveryState.RETRY_WAIT);
    }

    @Test
    void aServerThatSpeaksNoTlsIsWorthAnotherTry() {
        settings.putAll(Map.of("campaign.smtp.tls", "tls", "campaign.sending.provider-timeout", "8s"));
        Outcome outcome = send();
        assertThat(outcome.state()).as("%s", outcome).isEqualTo(DeliveryState.RETRY_WAIT);
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
        assertThat(attempt(sender, OPEN).state()).isEqualTo(DeliveryState.SENT);
    }

    /** Wherever the server hangs or hangs up: the connections come back, or the channel would stand still for ever. */
    @ParameterizedTest
    @CsvSource({"GREETING, hang", "EHLO, close", "MAIL, hang", "DATA, close", "DOT, close", "DOT, hang", "GREETING, close"})
    void connectionsComeBack(Step where, String how) {
        EmailSender sender = sender();
        server.does(Deed.at(where, how));
        List<Outcome> bad = attempts(sender, 4);
        assertThat(bad).noneMatch(outcome -> outcome instanceof Outcome.Accepted);
        server.does(step -> ScriptedSmtpServer.USUAL);
        assertThat(attempts(sender, 4)).allMatch(outcome -> outcome instanceof Outcome.Accepted);
    }

    private List<Outcome> attempts(EmailSender sender, int n) {
        List<Uni<Outcome>> attempts = new ArrayList<>(IntStream.range(0, n).mapToObj(i -> ready(sender).send(OPEN, 1)).toList());
        return Uni.join().all(attempts).andCollectFailures().await().atMost(LONGEST);
    }

    private Outcome send() {
        return attempt(sender(), OPEN);
    }

    private static Outcome attempt(EmailSender sender, MessageSender.Gate gate) {
        return ready(sender).send(gate, 1).await().atMost(LONGEST);
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
