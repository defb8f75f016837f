package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.local.fault.Fault;
import org.campaignrecovery.local.fault.FaultKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;

/** The rate of the SMS provider as the provider sees it: by segments, less after an HTTP 429, and the whole again with time. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ProviderRateIT {
    private static final Duration END = Duration.ofSeconds(60);
    private static final int PER_SECOND = 20;
    private static final int GROUP = 8;
    private static final String SHORT = "Hello {{name}}, 10 % off: ";
    private static final Duration RECOVERY = Duration.ofMinutes(1);

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(120).withWorkerSettings("campaign.sending.sms.rate-per-second=" + PER_SECOND,
            "campaign.sending.sms.group-size=" + GROUP, "campaign.sending.retry.first-delay=300ms");

    /** Fails when a message of two segments counts as one: it takes half the time then. */
    @Test
    void smsCountBySegments() {
        scene.workers(2);
        double seconds = seconds("Hello {{name}}, " + "this text is longer than one SMS may be. ".repeat(5));
        int segments = 2 * scene.sample().sms().planned();
        assertThat(seconds).as("%d segments at %d a second, but those of the last group", segments, PER_SECOND)
                .isGreaterThan(0.95 * (segments - 2 * GROUP) / PER_SECOND);
    }

    /** Fails when an HTTP 429 does not slow the others down, or does so for ever. */
    @Test
    void tooManySlowItDownForAWhile() {
        scene.workers(2);
        scene.faults().set(Fault.of(FaultKind.SMS_THROTTLE).times(1).lasting(Duration.ofSeconds(1)));
        double slow = seconds(SHORT);
        int messages = scene.sample().sms().planned();
        assertThat(slow).as("%d messages at half of %d a second, and a little more each second", messages, PER_SECOND)
                .isGreaterThan(1.5 * messages / PER_SECOND);
        scene.database().getCollection("rate_limits").updateOne(Filters.eq("_id", "provider:sms"),
                Updates.set("slowedAt", Date.from(Instant.now().minus(RECOVERY))));
        assertThat(seconds(SHORT)).as("a minute later").isLessThan(0.75 * slow).isGreaterThan(0.95 * (messages - GROUP) / PER_SECOND);
    }

    /** From the first message to the last, of a campaign that everybody has received. */
    private static double seconds(String text) {
        String marked = text + scene.nextMark();
        Mission mission = scene.launch(Duration.ofSeconds(1), draft -> draft.with("channels", List.of("sms")).without("email")
                .with("sms", Map.of("body", marked)));
        mission.awaitStart();
        mission.awaitCompleted(END);
        mission.assertReached(0, scene.sample().sms().planned());
        List<Instant> taken = mission.textsTakenAt();
        return Duration.between(Collections.min(taken), Collections.max(taken)).toMillis() / 1e3;
    }
}
