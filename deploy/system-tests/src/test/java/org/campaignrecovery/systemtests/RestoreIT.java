package org.campaignrecovery.systemtests;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.ApiClient;
import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.comparison.LedgerComparison;
import org.campaignrecovery.local.processes.Poll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

/** A backup of the ledger is restored that was made in mid-campaign (promise P1). */
@Timeout(value = 150, unit = TimeUnit.SECONDS)
class RestoreIT {
    private static final Duration END = Duration.ofSeconds(60);
    private static final int CUSTOMERS = 300;

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(CUSTOMERS).answeringAfter(Duration.ofMillis(300)).withWorkerSettings(
            "campaign.planning.first-page=40", "campaign.planning.page=40", "campaign.planning.window=4");

    /**
     * When the backup is made one campaign is being planned and sent, and another one waits for its time; both are sent to the end. Then the
     * backup is restored: nothing leaves before an operator confirms it, nothing leaves to anybody again afterwards, and both campaigns end
     * with what may have been sent in doubt: of the second one, of which the backup knows nothing, everything.
     * <p>
     * Fails when the ledger's generation is not compared, when what is unfinished is not put in doubt, or when what is planned after the
     * restoration is sent.
     */
    @Test
    void nobodyReceivesASecondMessageFromARestoredLedger() throws Exception {
        scene.workers(2);
        Mission first = scene.launch();
        Mission second = scene.launch(Duration.ofSeconds(14));
        String run = first.awaitStart();
        first.awaitAccepted(60);
        assertThat(state(run)).as("the backup is made while it is planned").isEqualTo("planning");
        int sentBefore = scene.ledger().inState(run, "sent").size();
        Path backup = scene.backup();
        first.awaitCompleted(END);
        String secondRun = second.awaitStart();
        second.awaitCompleted(END);
        // The ledger moves on at least once more: a backup that is younger than a step cannot be told.
        Poll.until(Duration.ofSeconds(3), () -> false);
        int accepted = first.accepted() + second.accepted();

        scene.restore(backup);
        assertThat(state(run)).as("the restored run").isEqualTo("planning");
        assertThat(scene.ledger().deliveries(secondRun)).as("what the backup knows of the second run").isEmpty();
        Service api = scene.startApi(1).awaitReady();
        Service worker = scene.startWorker(1);
        ApiClient operator = scene.cluster().login(LocalUsers.OPERATOR);
        assertThat(Poll.until(END, () -> operator.get("/api/ledger").at("/hold/marked").asBoolean())).as("it is held").isTrue();
        assertThat(operator.get("/api/ledger").get("held").asBoolean()).isTrue();
        assertThat(Poll.until(Duration.ofSeconds(8), () -> first.accepted() + second.accepted() != accepted))
                .as("something leaves before it is confirmed").isFalse();
        assertThat(scene.ledger().inState(run, "in_doubt")).as("in doubt before it is confirmed").isNotEmpty();
        assertThat(check(operator).get("status").asText()).isEqualTo("failure");
        assertThat(check(operator).get("finding").asText()).contains("went backwards", "restored from a backup");
        assertThat(Poll.until(END, () -> health(worker.base()).contains("/api/ledger/confirm"))).as("the worker's health says it").isTrue();
        assertThat(health(api.base())).as("the api's health").contains("/api/ledger/confirm");
        assertThat(scene.log(worker.name())).contains("/api/ledger/confirm");

        JsonNode confirmed = operator.post("/api/ledger/confirm", Map.of("reason", "the disk was lost"));
        assertThat(confirmed.get("held").asBoolean()).isFalse();
        first.awaitCompleted(END);
        assertThat(second.awaitStart()).as("the same occurrence is the same run").isEqualTo(secondRun);
        second.awaitCompleted(END);

        LedgerComparison both = first.assertEverybodyAccountedFor();
        assertThat(both.email().sent() + both.sms().sent()).as("sent as the backup knows it").isLessThan(accepted)
                .isGreaterThanOrEqualTo(sentBefore);
        LedgerComparison later = second.assertEverybodyAccountedFor();
        assertThat(later.email().sent() + later.sms().sent()).as("sent of the run that the backup does not know").isZero();
        assertThat(first.accepted() + second.accepted()).as("messages").isEqualTo(accepted);
        assertThat(check(operator).get("status").asText()).isEqualTo("ok");
        assertThat(scene.database().getCollection("audit").countDocuments(eq("campaign", "ledger"))).isEqualTo(1);
        System.out.printf("accepted %d, of the first run in doubt %d, of the second %d%n", accepted,
                both.email().inDoubt() + both.sms().inDoubt(), later.email().inDoubt() + later.sms().inDoubt());
    }

    private static String state(String run) {
        return scene.database().getCollection("runs").find(eq("_id", run)).first().getString("state");
    }

    private static JsonNode check(ApiClient operator) {
        for (JsonNode check : operator.get("/api/doctor").get("checks")) {
            if (check.get("name").asText().equals("ledger-continuity")) {
                return check;
            }
        }
        throw new AssertionError("the doctor does not look at it");
    }

    private static String health(URI service) {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(service.resolve("/q/health/ready")).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
