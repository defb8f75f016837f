package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.comparison.LedgerComparison;
import org.campaignrecovery.local.processes.Poll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The ledger lies in a server of the MongoDB protocol that other people wrote and that does not guard its updates; SECOND_MONGO_URI names
 * it. Part of {@code make check}, which builds such a server.
 */
@Tag("second-server")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SecondServerIT {
    private static final String ACCEPTED = "campaign.ledger.accept-unguarded=true";

    /** This server reads a whole collection for every update of several documents: few at once is what it can keep up with. */
    private static final String[] WORKER = {ACCEPTED, "campaign.sending.email.groups=1", "campaign.sending.email.group-size=32",
            "campaign.sending.sms.groups=1", "campaign.sending.sms.group-size=32"};
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration END = Duration.ofMinutes(8);

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(1_200).startedByTheTest().withEnvironment("CAMPAIGN_MONGO_URI",
            System.getenv("SECOND_MONGO_URI"));

    @AfterEach
    void stop() {
        scene.process("api-1").kill();
    }

    /** Neither service needs to be told: the start-up probe sees two of several racing updates win. */
    @Test
    @Order(1)
    void theProbeFindsOutThatItDoesNotGuard() {
        Service api = scene.startApi(1);
        Service worker = scene.startWorker(1);
        assertThat(Poll.until(SOON, () -> readiness(api).contains("does not guard its updates"))).as("the api says so").isTrue();
        assertThat(Poll.until(SOON, () -> readiness(worker).contains("does not guard its updates"))).as("the worker says so").isTrue();
    }

    /**
     * One api and one worker at a time send a campaign; the first worker is killed on the way.
     * <p>
     * Fails when the ledger leans on what only one server does: an order of results, an operator, an answer.
     */
    @Test
    @Order(2)
    void aCampaignIsSentByOneWorkerAtATime() {
        scene.startApiWith(1, ACCEPTED).awaitReady();
        scene.begin();
        Worker first = scene.worker(1, WORKER);
        Mission mission = scene.launch();
        mission.awaitStart();
        mission.awaitAccepted(300);
        first.process().kill();
        int accepted = mission.accepted();
        scene.worker(2, WORKER);
        mission.awaitCompleted(END);

        LedgerComparison both = mission.assertEverybodyAccountedFor();
        assertThat(both.email().inDoubt()).as("e-mails in doubt").isLessThanOrEqualTo(32);
        assertThat(both.sms().inDoubt()).as("SMS in doubt").isLessThanOrEqualTo(8);
        assertThat(both.email().planned() + both.sms().planned()).as("recipients").isGreaterThanOrEqualTo(2_000);
        System.out.printf("killed after %d messages; planned %d, in doubt %d, received twice 0%n", accepted,
                both.email().planned() + both.sms().planned(), both.email().inDoubt() + both.sms().inDoubt());
    }

    private static String readiness(Service service) {
        try {
            return HttpClient.newHttpClient().send(HttpRequest.newBuilder(service.base().resolve("/q/health/ready")).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
