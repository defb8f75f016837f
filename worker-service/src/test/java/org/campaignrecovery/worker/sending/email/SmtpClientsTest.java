package org.campaignrecovery.worker.sending.email;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.campaignrecovery.local.smtp.RecordingSmtpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.MailMessage;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.mail.MailClient;

/** The connection pool of the mail client outlives pauses: no connection is lost to it, so that nobody waits for one for ever. */
class SmtpClientsTest {
    private static final int CONNECTIONS = 8;
    private static final int BURSTS = 30;
    private static final Duration IDLE = Duration.ofMillis(300);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private RecordingSmtpServer server;

    @BeforeEach
    void start() throws Exception {
        server = RecordingSmtpServer.start(RecordingSmtpServer.Settings.recordingTo(directory.resolve("smtp.ndjson")));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        vertx.closeAndAwait();
    }

    @Test
    void sendsAgainWheneverItsConnectionsAreBeingClosedForBeingIdle() {
        MailConfig config = new MailConfig("localhost", server.port());
        SmtpClients.pool(config, CONNECTIONS, IDLE);
        MailClient client = MailClient.create(vertx, config);
        for (int burst = 0; burst < BURSTS; burst++) {
            send(client, burst);
            pause(IDLE.minusMillis(60).plusMillis(burst * 4L));
        }
    }

    private static void pause(Duration duration) {
        Uni.createFrom().voidItem().onItem().delayIt().by(duration).await().indefinitely();
    }

    private static void send(MailClient client, int burst) {
        List<Uni<Void>> sends = IntStream.range(0, CONNECTIONS)
                .mapToObj(n -> client.sendMail(new MailMessage("shop@shop.example", burst + "-" + n + "@customers.example", "Hi", "Hello"))
                        .replaceWithVoid())
                .toList();
        Uni.join().all(sends).andCollectFailures().await().atMost(PATIENCE);
    }
}
