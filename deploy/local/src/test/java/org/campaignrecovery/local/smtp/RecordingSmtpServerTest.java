package org.campaignrecovery.local.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.campaignrecovery.local.record.NdjsonLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

class RecordingSmtpServerTest {
    private static final String MESSAGE = """
            Message-ID: <d1@campaigns>
            X-Campaign-Run: run-1
            X-Delivery-Id: d1
            Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=
             at last

            Hello Zoë
            ..two dots""".replace("\n", "\r\n");

    @TempDir
    Path directory;

    @Test
    void recordsEachRecipientBeforeAnswering() throws Exception {
        Path record = directory.resolve("smtp.ndjson");
        try (var server = RecordingSmtpServer.start(RecordingSmtpServer.Settings.recordingTo(record));
                var client = new SmtpDialogue(server.port())) {
            assertThat(client.send("shop@shop.example", "a@customers.example,B@customers.example", MESSAGE)).startsWith("250");
            List<JsonNode> lines = lines(record);
            assertThat(lines).extracting(l -> l.get("to").asText()).containsExactly("a@customers.example", "B@customers.example");
            JsonNode first = lines.get(0);
            assertThat(first.get("from").asText()).isEqualTo("shop@shop.example");
            assertThat(first.get("messageId").asText()).isEqualTo("<d1@campaigns>");
            assertThat(first.get("run").asText()).isEqualTo("run-1");
            assertThat(first.get("delivery").asText()).isEqualTo("d1");
            assertThat(first.get("subject").asText()).isEqualTo("Grüße at last");
            String raw = new String(Base64.getDecoder().decode(first.get("raw").asText()), StandardCharsets.UTF_8);
            assertThat(raw).contains("Hello Zoë\r\n.two dots");
        }
    }

    @Test
    void takesCommandsThatAreSentAheadAsItOffers() throws Exception {
        Path record = directory.resolve("smtp.ndjson");
        try (var server = RecordingSmtpServer.start(RecordingSmtpServer.Settings.recordingTo(record));
                var client = new SmtpDialogue(server.port())) {
            assertThat(client.extensions()).contains("PIPELINING");
            for (int n = 1; n <= 2; n++) {
                client.write("MAIL FROM:<shop@shop.example>\r\nRCPT TO:<ann%d@customers.example>\r\nDATA\r\n".formatted(n));
                assertThat(List.of(client.answer(), client.answer(), client.answer())).extracting(answer -> answer.substring(0, 3))
                        .containsExactly("250", "250", "354");
                assertThat(client.command(MESSAGE + "\r\n.")).startsWith("250");
            }
            assertThat(lines(record)).extracting(line -> line.get("to").asText()).containsExactly("ann1@customers.example",
                    "ann2@customers.example");
        }
    }

    @Test
    void appendsToTheRecordOfTheRunBefore() throws Exception {
        Path record = directory.resolve("smtp.ndjson");
        for (int i = 0; i < 2; i++) {
            var settings = new RecordingSmtpServer.Settings(0, record, false, Duration.ofMillis(50));
            try (var server = RecordingSmtpServer.start(settings); var client = new SmtpDialogue(server.port())) {
                long before = System.nanoTime();
                client.send("s@shop.example", "a@customers.example", MESSAGE);
                assertThat(System.nanoTime() - before).isGreaterThan(Duration.ofMillis(50).toNanos());
            }
        }
        assertThat(lines(record)).hasSize(2).allSatisfy(l -> assertThat(l.has("raw")).isFalse());
    }

    /** Rough: the machine may be busy. On two idle cores it is some thousands a second. */
    @Test
    void acceptsAThousandASecondOver64KeptConnections() throws Exception {
        int connections = 64;
        int each = 50;
        Path record = directory.resolve("smtp.ndjson");
        ExecutorService clients = Executors.newFixedThreadPool(connections);
        try (var server = RecordingSmtpServer.start(RecordingSmtpServer.Settings.recordingTo(record))) {
            long start = System.nanoTime();
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                tasks.add(() -> sendMany(server.port(), each));
            }
            for (Future<Void> done : clients.invokeAll(tasks)) {
                done.get();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("smtp: %.0f messages/s over %d connections%n", connections * each / seconds, connections);
            assertThat(seconds).isLessThan(20);
        } finally {
            clients.shutdownNow();
        }
        assertThat(lines(record)).hasSize(connections * each);
    }

    private static Void sendMany(int port, int count) throws IOException {
        try (var client = new SmtpDialogue(port)) {
            for (int i = 0; i < count; i++) {
                assertThat(client.send("s@shop.example", "c" + i + "@customers.example", MESSAGE)).startsWith("250");
            }
        }
        return null;
    }

    private static List<JsonNode> lines(Path record) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        NdjsonLog.read(record, lines::add);
        return lines;
    }
}
