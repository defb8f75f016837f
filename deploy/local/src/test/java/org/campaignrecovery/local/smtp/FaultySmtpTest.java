package org.campaignrecovery.local.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.campaignrecovery.local.fault.Fault;
import org.campaignrecovery.local.fault.FaultFile;
import org.campaignrecovery.local.fault.FaultInjector;
import org.campaignrecovery.local.fault.FaultKind;
import org.campaignrecovery.local.fault.InjectedFault;
import org.campaignrecovery.local.record.NdjsonLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every fault of the mail server, as a client sees it. */
@Timeout(20)
class FaultySmtpTest {
    private static final String TO = "a@customers.example";
    private static final String CLOSED = null;

    @TempDir
    Path directory;
    private FaultFile faults;
    private FaultInjector injector;
    private RecordingSmtpServer server;

    @BeforeEach
    void start() {
        faults = new FaultFile(directory.resolve("faults.json"), directory.resolve("faults.ndjson"));
        injector = FaultInjector.open(faults, Clock.systemUTC());
        server = RecordingSmtpServer
                .start(new RecordingSmtpServer.Settings(0, directory.resolve("smtp.ndjson"), false, Duration.ZERO, injector));
    }

    @AfterEach
    void stop() {
        server.close();
        injector.close();
    }

    @Test
    void awayClosesNewConnectionsAndKeptOnes() throws IOException {
        try (SmtpDialogue kept = new SmtpDialogue(server.port())) {
            faults.set(Fault.of(FaultKind.SMTP_REFUSE));
            assertThat(greeting()).isEqualTo(CLOSED);
            assertThat(kept.command("MAIL FROM:<s@shop.example>")).isEqualTo(CLOSED);
        }
        faults.clear();
        assertThat(deliver()).startsWith("250");
        assertRecorded(1);
    }

    @Test
    void unavailableSays421ToNewConnectionsAndKeptOnes() throws IOException {
        try (SmtpDialogue kept = new SmtpDialogue(server.port())) {
            faults.set(Fault.of(FaultKind.SMTP_UNAVAILABLE));
            assertThat(greeting()).startsWith("421");
            assertThat(kept.command("MAIL FROM:<s@shop.example>")).startsWith("421");
            assertThat(kept.answer()).isEqualTo(CLOSED);
        }
        assertRecorded(0);
    }

    @Test
    void closesAfterMail() throws IOException {
        faults.set(Fault.of(FaultKind.SMTP_CLOSE_AFTER_MAIL));
        try (SmtpDialogue client = new SmtpDialogue(server.port())) {
            assertThat(client.command("MAIL FROM:<s@shop.example>")).isEqualTo(CLOSED);
        }
        assertInjected(FaultKind.SMTP_CLOSE_AFTER_MAIL, null);
        assertRecorded(0);
    }

    @Test
    void closesAfterRcpt() throws IOException {
        faults.set(Fault.of(FaultKind.SMTP_CLOSE_AFTER_RCPT));
        try (SmtpDialogue client = new SmtpDialogue(server.port())) {
            assertThat(client.command("MAIL FROM:<s@shop.example>")).startsWith("250");
            assertThat(client.command("RCPT TO:<" + TO + ">")).isEqualTo(CLOSED);
        }
        assertInjected(FaultKind.SMTP_CLOSE_AFTER_RCPT, TO);
        assertRecorded(0);
    }

    @Test
    void closesAfter354() throws IOException {
        faults.set(Fault.of(FaultKind.SMTP_CLOSE_AFTER_354));
        try (SmtpDialogue client = new SmtpDialogue(server.port())) {
            assertThat(untilData(client)).startsWith("354");
            assertThat(client.answer()).isEqualTo(CLOSED);
        }
        assertInjected(FaultKind.SMTP_CLOSE_AFTER_354, TO);
        assertRecorded(0);
    }

    @Test
    void closesInMidBodyBeforeTheDot() throws IOException {
        faults.set(Fault.of(FaultKind.SMTP_CLOSE_IN_BODY));
        try (SmtpDialogue client = new SmtpDialogue(server.port())) {
            assertThat(untilData(client)).startsWith("354");
            client.write("Subject: not yet ended\r\n\r\n" + "Hello Zoë\r\n".repeat(20));
            assertThat(client.answer()).isEqualTo(CLOSED);
        }
        assertInjected(FaultKind.SMTP_CLOSE_IN_BODY, TO);
        assertRecorded(0);
    }

    @Test
    void refusesRecipientsForNowAndForGood() throws IOException {
        faults.set(Fault.of(FaultKind.SMTP_RCPT_LATER).perAddress(1), Fault.of(FaultKind.SMTP_RCPT_NEVER).code(553).times(1));
        try (SmtpDialogue client = new SmtpDialogue(server.port())) {
            client.command("MAIL FROM:<s@shop.example>");
            assertThat(client.command("RCPT TO:<" + TO + ">")).startsWith("451");
            assertThat(client.command("RCPT TO:<" + TO + ">")).startsWith("553");
            assertThat(client.command("RCPT TO:<" + TO + ">")).startsWith("250");
            assertThat(client.command("RCPT TO:<b@customers.example>")).startsWith("451");
        }
    }

    @Test
    void refusesAtTheDotForNowAndForGood() throws IOException {
        faults.set(Fault.of(FaultKind.SMTP_DOT_LATER).times(1), Fault.of(FaultKind.SMTP_DOT_NEVER).times(1));
        assertThat(deliver()).startsWith("452");
        assertThat(deliver()).startsWith("554");
        assertRecorded(0);
        assertThat(deliver()).startsWith("250");
        assertRecorded(1);
    }

    @Test
    void takesAndHangs() throws IOException {
        faults.set(Fault.of(FaultKind.SMTP_TAKE_AND_HANG).lasting(Duration.ofMillis(300)));
        assertLate(CLOSED);
        assertInjected(FaultKind.SMTP_TAKE_AND_HANG, TO);
        assertRecorded(1);
    }

    @Test
    void hangsWithoutTaking() throws IOException {
        faults.set(Fault.of(FaultKind.SMTP_HANG).lasting(Duration.ofMillis(300)));
        assertLate(CLOSED);
        assertInjected(FaultKind.SMTP_HANG, TO);
        assertRecorded(0);
    }

    @Test
    void takesAndCloses() throws IOException {
        faults.set(Fault.of(FaultKind.SMTP_TAKE_AND_CLOSE));
        assertThat(deliver()).isEqualTo(CLOSED);
        assertInjected(FaultKind.SMTP_TAKE_AND_CLOSE, TO);
        assertRecorded(1);
    }

    @Test
    void closesAfterTheDotWithoutTaking() throws IOException {
        faults.set(Fault.of(FaultKind.SMTP_CLOSE_AFTER_DOT));
        assertThat(deliver()).isEqualTo(CLOSED);
        assertInjected(FaultKind.SMTP_CLOSE_AFTER_DOT, TO);
        assertRecorded(0);
    }

    @Test
    void answersSlowly() throws IOException {
        faults.set(Fault.of(FaultKind.SMTP_SLOW).lasting(Duration.ofMillis(300)));
        long before = System.nanoTime();
        assertThat(deliver()).startsWith("250");
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(300));
        assertRecorded(1);
    }

    private void assertLate(String answer) throws IOException {
        long before = System.nanoTime();
        assertThat(deliver()).isEqualTo(answer);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(300));
    }

    private String greeting() throws IOException {
        try (SmtpDialogue stranger = new SmtpDialogue(server.port(), false)) {
            return stranger.answer();
        }
    }

    private String deliver() throws IOException {
        try (SmtpDialogue client = new SmtpDialogue(server.port())) {
            return client.send("s@shop.example", TO, "Subject: Hello\r\n\r\nHello Zoë");
        }
    }

    private static String untilData(SmtpDialogue client) throws IOException {
        client.command("MAIL FROM:<s@shop.example>");
        client.command("RCPT TO:<" + TO + ">");
        return client.command("DATA");
    }

    private void assertInjected(FaultKind kind, String to) {
        assertThat(faults.injected()).singleElement().satisfies(strike -> {
            assertThat(strike).extracting(InjectedFault::kind, InjectedFault::to, InjectedFault::channel).containsExactly(kind, to,
                    "email");
            assertThat(strike.recorded()).isEqualTo(kind.recorded());
            assertThat(strike.ambiguous()).isEqualTo(kind.ambiguous());
        });
    }

    private void assertRecorded(int messages) throws IOException {
        List<String> lines = new ArrayList<>();
        NdjsonLog.read(directory.resolve("smtp.ndjson"), line -> lines.add(line.toString()));
        assertThat(lines).hasSize(messages);
    }
}
