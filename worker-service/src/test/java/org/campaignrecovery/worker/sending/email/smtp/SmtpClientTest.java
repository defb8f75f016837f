package org.campaignrecovery.worker.sending.email.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.campaignrecovery.worker.sending.email.smtp.ScriptedSmtpServer.CLOSE;
import static org.campaignrecovery.worker.sending.email.smtp.ScriptedSmtpServer.HANG;
import static org.campaignrecovery.worker.sending.email.smtp.ScriptedSmtpServer.LAST_WORDS;
import static org.campaignrecovery.worker.sending.email.smtp.ScriptedSmtpServer.USUAL;

import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import org.campaignrecovery.worker.sending.email.smtp.ScriptedSmtpServer.Deed;
import org.campaignrecovery.worker.sending.email.smtp.ScriptedSmtpServer.Step;
import org.campaignrecovery.worker.sending.email.smtp.SmtpSettings.Security;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** Whatever a server does, every call ends, and its failure says whether the server may have the message. */
class SmtpClientTest {
    private static final SmtpMessage MESSAGE = new SmtpMessage("shop@shop.example", "ann@customers.example",
            "Subject: Hi\n\nHello\n.dot\n");
    /** Too much for the buffers between client and server. */
    private static final SmtpMessage LARGE = new SmtpMessage("shop@shop.example", "ann@customers.example",
            "Subject: Hi\n\n" + "Hello, this is a long story.\n".repeat(300_000));
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration TIMEOUT = Duration.ofMillis(800);

    private static final Supplier<Uni<Boolean>> YES = () -> Uni.createFrom().item(true);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @EnumSource(value = Step.class, names = {"AUTH", "QUIT"}, mode = EnumSource.Mode.EXCLUDE)
    void aConnectionClosedBeforeTheFinalDotHasCarriedNothingAndAfterItNobodyKnows(Step step) throws Exception {
        for (boolean pipelining : List.of(false, true)) {
            for (SmtpMessage message : List.of(MESSAGE, LARGE)) {
                try (ScriptedSmtpServer server = new ScriptedSmtpServer(pipelining, Deed.at(step, CLOSE))) {
                    SmtpFailedException failure = failure(client(server, PATIENCE), message);
                    assertThat(failure.ambiguous()).as("%s %s: %s in %s", step, pipelining, failure.getMessage(), failure.phase())
                            .isEqualTo(step == Step.DOT);
                    assertThat(failure.reply()).isNull();
                    assertThat(server.accepted()).hasSize(step == Step.DOT ? 1 : 0);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = Step.class, names = {"GREETING", "EHLO", "MAIL", "RCPT", "DATA", "DOT"})
    void aServerThatHangsIsLeftAfterTheTimeOut(Step step) throws Exception {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(true, Deed.at(step, HANG))) {
            SmtpFailedException failure = failure(client(server, TIMEOUT), MESSAGE);
            assertThat(failure.ambiguous()).isEqualTo(step == Step.DOT);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Step.class, names = {"GREETING", "EHLO", "MAIL", "RCPT", "DATA", "DOT"})
    void aRefusalIsDefiniteAtEveryStep(Step step) throws Exception {
        for (String answer : List.of("450 later", "550 never")) {
            try (ScriptedSmtpServer server = new ScriptedSmtpServer(true, Deed.at(step, answer))) {
                SmtpFailedException failure = failure(client(server, TIMEOUT), MESSAGE);
                assertThat(failure.ambiguous()).isFalse();
                assertThat(failure.reply().code()).isEqualTo(Integer.parseInt(answer.substring(0, 3)));
            }
        }
    }

    /** Commands that were sent ahead get no answer then, which must not hide the one that counts. */
    @ParameterizedTest
    @EnumSource(value = Step.class, names = {"MAIL", "RCPT"})
    void aRefusalIsDefiniteThoughTheServerClosesTheConnectionWithIt(Step step) throws Exception {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(true, Deed.at(step, "550 never" + LAST_WORDS))) {
            SmtpFailedException failure = failure(client(server, PATIENCE), MESSAGE);
            assertThat(failure.reply().code()).isEqualTo(550);
        }
    }

    @Test
    void aServerThatIsNotThereHasTakenNothing() throws Exception {
        int port;
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(true, usual())) {
            port = server.port();
        }
        assertThat(failure(client(port, TIMEOUT), MESSAGE).phase()).isEqualTo(SmtpPhase.CONNECT);
    }

    @Test
    void messagesGoOneAfterAnotherOverOneConnectionUnchanged() throws Exception {
        for (boolean pipelining : List.of(false, true)) {
            try (ScriptedSmtpServer server = new ScriptedSmtpServer(pipelining, usual())) {
                SmtpClient client = client(server, PATIENCE);
                for (int i = 0; i < 5; i++) {
                    client.send(MESSAGE, YES).await().atMost(PATIENCE);
                }
                assertThat(server.accepted()).hasSize(5).allMatch(MESSAGE.content()::equals);
                assertThat(server.connections()).hasSize(1);
            }
        }
    }

    @Test
    void aKeptConnectionThatTheServerHasClosedIsReplaced() throws Exception {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(true, usual())) {
            SmtpClient client = client(server, PATIENCE);
            for (int i = 0; i < 20; i++) {
                client.send(MESSAGE, YES).await().atMost(PATIENCE);
                for (Socket connection : server.connections()) {
                    connection.close();
                }
            }
            assertThat(server.accepted()).hasSize(20);
        }
    }

    @Test
    void aKeptConnectionThatTheServerClosesWith421IsReplaced() throws Exception {
        AtomicInteger mails = new AtomicInteger();
        Deed everySecond = step -> step == Step.MAIL && mails.incrementAndGet() % 2 == 0 ? "421 enough" : USUAL;
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(false, everySecond)) {
            SmtpClient client = client(server, PATIENCE);
            for (int i = 0; i < 6; i++) {
                client.send(MESSAGE, YES).await().atMost(PATIENCE);
            }
            assertThat(server.accepted()).hasSize(6);
        }
    }

    @Test
    void beforeASecondTryTheGateIsAskedAgain() throws Exception {
        AtomicInteger mails = new AtomicInteger();
        Deed second = step -> step == Step.MAIL && mails.incrementAndGet() == 2 ? "421 enough" : USUAL;
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(false, second)) {
            SmtpClient client = client(server, PATIENCE);
            client.send(MESSAGE, YES).await().atMost(PATIENCE);
            assertThat(client.send(MESSAGE, () -> Uni.createFrom().item(false)).await().atMost(PATIENCE)).isNull();
            assertThat(server.accepted()).hasSize(1);
        }
    }

    @Test
    void manyAtOnceHaveConnectionsOfTheirOwnAndKeepThem() throws Exception {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(true, usual())) {
            SmtpClient client = client(server, PATIENCE);
            for (int burst = 0; burst < 3; burst++) {
                List<Uni<SmtpReply>> sends = IntStream.range(0, 30).mapToObj(n -> client.send(MESSAGE, YES)).toList();
                Uni.join().all(sends).andFailFast().await().atMost(PATIENCE);
            }
            assertThat(server.accepted()).hasSize(90);
            assertThat(server.connections()).hasSizeLessThanOrEqualTo(30);
        }
    }

    /** A second try that cannot even be made, as the client is closed, ends too, and says that nothing was handed over. */
    @Test
    void aClientThatIsClosedHandsNothingOver() throws Exception {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(true, usual())) {
            SmtpClient client = client(server, PATIENCE);
            vertx.close().toCompletionStage().toCompletableFuture().join();
            assertThat(failure(client, MESSAGE).ambiguous()).isFalse();
        }
    }

    /** Whatever fails in our own code before the dot is no reason for doubt. */
    @Test
    void aFailureOfOurOwnBeforeTheDotIsNotAmbiguous() throws Exception {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer(true, usual())) {
            SmtpFailedException failure = failure(client(server, PATIENCE), new SmtpMessage("shop@shop.example", "ann@x.example", null));
            assertThat(failure.phase()).isEqualTo(SmtpPhase.BODY);
            assertThat(failure.ambiguous()).isFalse();
        }
    }

    private SmtpClient client(ScriptedSmtpServer server, Duration timeout) {
        return client(server.port(), timeout);
    }

    private SmtpClient client(int port, Duration timeout) {
        return new SmtpClient(vertx,
                new SmtpSettings("127.0.0.1", port, Security.OFF, null, null, "shop.example", timeout, Duration.ofMinutes(1),
                        Duration.ofMillis(50)));
    }

    private static SmtpFailedException failure(SmtpClient client, SmtpMessage message) {
        return catchThrowableOfType(SmtpFailedException.class, () -> client.send(message, YES).await().atMost(PATIENCE));
    }

    private static Deed usual() {
        return step -> USUAL;
    }
}
