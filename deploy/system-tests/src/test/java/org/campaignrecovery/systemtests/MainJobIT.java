package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.RunProgress;
import org.campaignrecovery.local.comparison.LedgerComparison;
import org.campaignrecovery.local.record.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

/** The main job on real orders: the file that ORDERS names, with {@code <name>.expected.json} beside it. */
@EnabledIfEnvironmentVariable(named = "ORDERS", matches = ".+", disabledReason = "ORDERS names no file of real orders")
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class MainJobIT {
    private static final String ORDERS_END = ".ndjson.gz";

    @RegisterExtension
    static final Scene scene = Scene.withoutOrders();

    /**
     * P1, P2: a campaign to all customers of the file reaches every address once, skips are counted by channel and reason, and the ledger
     * says of every address what the servers recorded.
     * <p>
     * Fails when addresses are not normalised before they are deduplicated, when a page boundary loses or repeats a customer, when numeric or
     * textual customer ids are left out, when contact data is not that of the latest order.
     */
    @Test
    void everybodyWhoCanBeReachedGetsOneOfEach() throws IOException {
        Path file = orders();
        JsonNode expected = expected(file);
        assertThat(scene.load(file).loaded()).as("orders").isEqualTo(expected.get("orders").asLong());
        assertCounted(expected);
        scene.workers(1);
        Mission mission = scene.launch();
        mission.awaitStart();
        RunProgress run = mission.awaitCompleted(Duration.ofMinutes(3));

        LedgerComparison both = mission.assertReached(expected.get("distinct_valid_emails").asInt(),
                expected.get("distinct_valid_phones").asInt());
        assertThat(both.email().sent()).as("e-mails").isEqualTo(both.email().received()).isEqualTo(both.email().planned());
        assertThat(both.sms().sent()).as("SMS").isEqualTo(both.sms().received()).isEqualTo(both.sms().planned());
        for (String channel : List.of("email", "sms")) {
            assertThat(run.json().at("/skipped/" + channel)).as("skipped on %s", channel)
                    .isEqualTo(expected.at("/skipped/" + channel));
        }
        assertThat(mission.campaignStatus()).isEqualTo("completed");
    }

    private static void assertCounted(JsonNode expected) {
        JsonNode count = scene.cluster().login(LocalUsers.MARKETER).post("/api/audiences/count", Map.of("audience",
                Map.of("allCustomers", true)));
        assertThat(count.get("complete").asBoolean()).isTrue();
        assertThat(count.get("customers")).isEqualTo(expected.get("customers"));
        assertThat(count.at("/planned/email")).isEqualTo(expected.get("distinct_valid_emails"));
        assertThat(count.at("/planned/sms")).isEqualTo(expected.get("distinct_valid_phones"));
        assertThat(count.get("skipped")).isEqualTo(expected.get("skipped"));
    }

    /** Relative to where the build was started. */
    private static Path orders() {
        Path given = Path.of(System.getenv("ORDERS"));
        return given.isAbsolute() ? given : org.campaignrecovery.local.cluster.Repository.root().resolve(given);
    }

    private static JsonNode expected(Path orders) throws IOException {
        String name = orders.getFileName().toString();
        assertThat(name).endsWith(ORDERS_END);
        return Json.parse(Files.readString(orders.resolveSibling(name.replace(ORDERS_END, ".expected.json"))));
    }
}
