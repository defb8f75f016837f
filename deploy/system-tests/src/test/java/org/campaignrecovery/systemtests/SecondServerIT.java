package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.bson.Document;
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
 * The ledger lies in a server of the MongoDB protocol that other people wrote. SECOND_MONGO_URI names it as it is: it does not guard its
 * updates. QUEUED_MONGO_URI names the same server behind a queue in which requests that write wait for each other. Part of
 * {@code make check}, which builds both.
 */
@Tag("second-server")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SecondServerIT {
    private static final String WITHOUT_QUEUE = "CAMPAIGN_MONGO_URI=" + System.getenv("SECOND_MONGO_URI");

    /**
     * For an update of deliveries this server reads all of them, 0.2 s of processor time in the end, and behind the queue one update waits
     * for the other; a claim that waits longer than {@code campaign.sending.claim-limit} is given back unused. So there is one group a channel.
     * One of e-mails is large: all have the same outcome, which is one update. One of SMS is small: each has a number of the provider's and
     * is an update of its own, within one request that everybody else waits for.
     */
    private static final String[] WORKER = {"campaign.lease.slots=1", "campaign.sending.email.groups=1",
            "campaign.sending.email.group-size=64", "campaign.sending.sms.groups=1", "campaign.sending.sms.group-size=8"};
    private static final int MORE_EMAILS = 1_600;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofMinutes(10);

    /** Few who get an SMS, for the reason above; the others are added by the test. */
    @RegisterExtension
    static final Scene scene = Scene.withCustomers(300).startedByTheTest().withEnvironment("CAMPAIGN_MONGO_URI",
            System.getenv("QUEUED_MONGO_URI"));

    @AfterEach
    void stop() {
        scene.process("api-1").kill();
    }

    /** Neither service needs to be told: the start-up probe sees two of several racing updates win. */
    @Test
    @Order(1)
    void theProbeFindsOutThatItDoesNotGuard() {
        Service api = scene.startApiWith(1, WITHOUT_QUEUE);
        Service worker = scene.startWorker(1, WITHOUT_QUEUE);
        assertThat(Poll.until(SOON, () -> readiness(api).contains("does not guard its updates"))).as("the api says so").isTrue();
        assertThat(Poll.until(SOON, () -> readiness(worker).contains("does not guard its updates"))).as("the worker says so").isTrue();
    }

    /**
     * One api and one worker at a time send a campaign; the first worker is killed on the way. The probe lets them: behind the queue nothing
     * comes between the look and the write of an update.
     * <p>
     * Fails when the ledger leans on what only one server does: an order of results, an operator, an answer.
     */
    @Test
    @Order(2)
    void aCampaignIsSentByOneWorkerAtATime() {
        scene.startApi(1).awaitReady();
        scene.begin();
        scene.load(() -> IntStream.range(0, MORE_EMAILS).mapToObj(SecondServerIT::orderWithoutPhone).iterator());
        Worker first = scene.worker(1, WORKER);
        Mission mission = scene.launch();
        mission.awaitStart();
        assertThat(Poll.until(END, LOOK_EVERY, () -> mission.accepted() >= 300)).as("300 messages are accepted").isTrue();
        first.process().kill();
        int accepted = mission.accepted();
        scene.worker(2, WORKER);
        Poll.until(END, LOOK_EVERY, () -> mission.look().isOver());
        mission.awaitCompleted(SOON);

        LedgerComparison both = mission.assertReached(scene.sample().email().planned() + MORE_EMAILS, scene.sample().sms().planned());
        assertThat(both.email().sent() + both.email().inDoubt()).as("e-mails sent or in doubt").isEqualTo(both.email().planned());
        assertThat(both.sms().sent() + both.sms().inDoubt()).as("SMS sent or in doubt").isEqualTo(both.sms().planned());
        assertThat(both.email().inDoubt()).as("e-mails in doubt").isLessThanOrEqualTo(64);
        assertThat(both.sms().inDoubt()).as("SMS in doubt").isLessThanOrEqualTo(8);
        assertThat(both.email().planned() + both.sms().planned()).as("recipients").isGreaterThanOrEqualTo(2_000);
        System.out.printf("killed after %d messages; planned %d, in doubt %d, received twice 0%n", accepted,
                both.email().planned() + both.sms().planned(), both.email().inDoubt() + both.sms().inDoubt());
    }

    private static Document orderWithoutPhone(int number) {
        return new Document("order_id", "M" + number).append("customer_id", "more-" + number).append("name", "Ann Smith")
                .append("email", "more-%d@customers.example".formatted(number)).append("order_date", Date.from(Instant.EPOCH));
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
