package org.campaignrecovery.worker.sending.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.campaignrecovery.ledger.presence.Reach;
import org.campaignrecovery.local.twilio.TwilioStandIn;
import org.campaignrecovery.worker.sending.SenderSettings;
import org.campaignrecovery.worker.sending.SendingConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the probe says of the SMS provider. */
class SmsProbeTest {
    private final Map<String, String> settings = new HashMap<>(Map.of("campaign.twilio.account-sid", "AC1", "campaign.twilio.auth-token",
            "token", "campaign.twilio.from", "+12025550100", "campaign.sending.provider-timeout", "3s"));
    @TempDir
    Path directory;
    private TwilioStandIn twilio;

    @BeforeEach
    void start() {
        twilio = TwilioStandIn.start(new TwilioStandIn.Settings(0, directory.resolve("sms.ndjson"), "AC1", "token", Duration.ZERO));
        settings.put("campaign.twilio.api-base", twilio.baseUrl());
    }

    @AfterEach
    void stop() {
        twilio.close();
    }

    @Test
    void anAccountThatAnswersIsReached() {
        assertThat(look()).isEqualTo(Reach.ok());
    }

    @Test
    void aWrongTokenIsNamed() {
        settings.put("campaign.twilio.auth-token", "wrong");
        assertThat(look()).isEqualTo(Reach.failed("the SMS provider refuses TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (HTTP 401)"));
    }

    @Test
    void aClosedPortIsNamed() throws IOException {
        try (ServerSocket nobody = new ServerSocket(0)) {
            settings.put("campaign.twilio.api-base", "http://127.0.0.1:" + nobody.getLocalPort());
        }
        assertThat(look().sentence()).startsWith("the SMS provider cannot be reached");
    }

    @Test
    void withoutASenderTheChannelIsOff() {
        settings.remove("campaign.twilio.from");
        assertThat(look().state()).isEqualTo(Reach.State.OFF);
    }

    private Reach look() {
        return new SmsProbe(SenderSettings.of(SmsConfig.class, settings), SenderSettings.of(SendingConfig.class, settings)).look().await()
                .atMost(Duration.ofSeconds(10));
    }
}
