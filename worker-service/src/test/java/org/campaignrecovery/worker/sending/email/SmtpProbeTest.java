package org.campaignrecovery.worker.sending.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.campaignrecovery.ledger.presence.Reach;
import org.campaignrecovery.worker.sending.SenderSettings;
import org.campaignrecovery.worker.sending.SendingConfig;
import org.campaignrecovery.worker.sending.email.smtp.ScriptedSmtpServer;
import org.campaignrecovery.worker.sending.email.smtp.ScriptedSmtpServer.Deed;
import org.campaignrecovery.worker.sending.email.smtp.ScriptedSmtpServer.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.vertx.core.Vertx;

/** What the probe says of a mail server, and that it never hands it a mail. */
class SmtpProbeTest {
    private final ScriptedSmtpServer server = new ScriptedSmtpServer();
    private final Vertx vertx = Vertx.vertx();
    private final Map<String, String> settings = new HashMap<>(Map.of("campaign.smtp.host", "127.0.0.1", "campaign.smtp.tls", "off",
            "campaign.smtp.port", String.valueOf(server.port()), "campaign.smtp.username", "shop", "campaign.smtp.password", "secret",
            "campaign.sending.provider-timeout", "1s"));

    @AfterEach
    void stop() throws IOException {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aServerThatWouldTakeAMailIsReachedAndGetsNone() {
        server.does(Deed.at(Step.MAIL, ScriptedSmtpServer.HANG));
        assertThat(look()).isEqualTo(Reach.ok());
        assertThat(server.accepted()).isEmpty();
    }

    @Test
    void aWrongPasswordIsNamed() {
        server.does(Deed.at(Step.AUTH, "535 5.7.8 bad credentials"));
        assertThat(look())
                .isEqualTo(Reach.failed("127.0.0.1:%d refuses SMTP_USERNAME and SMTP_PASSWORD: the SMTP server answered 535 5.7.8 "
                        .formatted(server.port()) + "bad credentials"));
    }

    @Test
    void aClosedPortIsNamed() throws IOException {
        try (ServerSocket nobody = new ServerSocket(0)) {
            settings.put("campaign.smtp.port", String.valueOf(nobody.getLocalPort()));
        }
        assertThat(look().sentence()).startsWith("127.0.0.1:" + settings.get("campaign.smtp.port") + " (SMTP_HOST, SMTP_PORT): ")
                .contains("cannot be reached");
    }

    @Test
    void aServerWithoutTlsIsNamedWhenTlsIsWanted() {
        settings.put("campaign.smtp.tls", "starttls");
        assertThat(look().sentence()).contains("SMTP_TLS=starttls", "offers no STARTTLS");
    }

    @Test
    void aServerThatSaysNothingIsLeft() {
        server.does(Deed.at(Step.GREETING, ScriptedSmtpServer.HANG));
        assertThat(look().sentence()).contains("has not answered for 1 s");
    }

    @Test
    void withoutAHostTheChannelIsOff() {
        settings.remove("campaign.smtp.host");
        assertThat(look()).isEqualTo(Reach.off("e-mail is off: SMTP_HOST is not set"));
    }

    private Reach look() {
        SmtpProbe probe = new SmtpProbe(vertx, SenderSettings.of(EmailConfig.class, settings),
                SenderSettings.of(SendingConfig.class, settings));
        return probe.look().await().atMost(Duration.ofSeconds(10));
    }
}
