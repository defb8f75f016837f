package org.campaignrecovery.api.schedule;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.api.campaign.TestCampaigns;
import org.campaignrecovery.api.stack.DueEvents;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.mongodb.client.model.Updates;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;

/** However many try, and wherever they die, a campaign starts once. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class OneStartQuarkusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Inject
    DueStart start;
    @Inject
    CampaignRepository campaigns;
    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void manyTryAndOneStarts() {
        long measured = metrics.get("campaign.due.delay").timer().count();
        String id = TestCampaigns.approved(TestCampaigns.valid(Instant.now().plusSeconds(3)));
        CampaignDocument seen = await().atMost(PATIENCE).until(() -> campaigns.withId(id).await().indefinitely().get(),
                campaign -> campaign.nextRunAt != null);
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(seen.nextRunAt.plusMillis(5)));
        List<Uni<DueStart.Result>> tries = IntStream.range(0, 8).mapToObj(i -> Uni.createFrom().deferred(() -> start.attempt(seen)))
                .toList();
        List<DueStart.Result> results = Uni.join().all(tries).andFailFast().await().atMost(PATIENCE);

        assertThat(results).filteredOn(DueStart.Result.STARTED::equals).hasSizeLessThanOrEqualTo(1);
        await().atMost(PATIENCE).until(() -> LedgerQuery.all("runs", eq("campaignId", id)).size() == 1);
        assertThat(LedgerQuery.all("audit", and(eq("campaign", id), eq("to", "processing")))).hasSize(1);
        assertThat(metrics.get("campaign.due.delay").timer().count()).as("measured").isEqualTo(measured + 1);
    }

    @Test
    void aStarterThatDiesIsFinishedByTheSweep() {
        String id = armed();
        double found = metrics.get("campaign.sweep.finds").tag("sweep", "launches").counter().count();
        Instant due = Instant.now().minusSeconds(3);
        String runId = id + "@" + due;
        set(id, Updates.combine(Updates.set("status", "processing"), Updates.unset("nextRunAt"),
                Updates.set("current", new Document("runId", runId).append("scheduledFor", java.util.Date.from(due)))));

        await().atMost(PATIENCE).until(() -> LedgerQuery.all("runs", eq("_id", runId)).stream()
                .anyMatch(run -> Boolean.TRUE.equals(run.getBoolean("published"))));
        assertThat(DueEvents.of(runId).key()).isEqualTo(id);
        assertThat(metrics.get("campaign.sweep.finds").tag("sweep", "launches").counter().count()).isGreaterThan(found);
    }

    @Test
    void aCompletedRunTakesItsCampaignAlong() {
        String id = armed();
        set(id, Updates.set("nextRunAt", java.util.Date.from(Instant.now())));
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("processing"));
        String runId = await().atMost(PATIENCE).until(() -> LedgerQuery.all("runs", eq("campaignId", id)), runs -> !runs.isEmpty()).get(0)
                .getString("_id");
        LedgerQuery.ledger().getCollection("runs").updateOne(eq("_id", runId), Updates.combine(Updates.set("state", "completed"),
                Updates.set("totals", new Document("email", new Document("sent", 3L).append("in_doubt", 1L)))));

        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("completed"));
        TestSessions.as("operator").get("/api/campaigns/{id}", id).then().body("performance.runs", equalTo(1))
                .body("performance.planned", equalTo(4)).body("performance.sent", equalTo(3)).body("performance.inDoubt", equalTo(1));
    }

    @Test
    void whatIsTooLateIsMissedAndVisible() {
        String id = armed();
        double missed = metrics.get("campaign.missed").tag("type", "bulk").counter().count();
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        set(id, Updates.combine(Updates.set("nextRunAt", java.util.Date.from(yesterday)),
                Updates.set("approvedAt", java.util.Date.from(yesterday))));
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("missed"));
        await().atMost(PATIENCE).until(() -> LedgerQuery.all("runs", eq("campaignId", id)).stream()
                .anyMatch(run -> run.getString("state").equals("missed")));
        assertThat(metrics.get("campaign.missed").tag("type", "bulk").counter().count()).isEqualTo(missed + 1);
        await().atMost(Duration.ofSeconds(20)).until(() -> metrics.get("campaign.campaigns").tag("status", "missed").gauge().value() >= 1);
    }

    @Test
    void countsAreTheSumOfTheBatches() {
        String id = armed();
        set(id, Updates.set("nextRunAt", java.util.Date.from(Instant.now())));
        String runId = await().atMost(PATIENCE).until(() -> LedgerQuery.all("runs", eq("campaignId", id)), runs -> !runs.isEmpty()).get(0)
                .getString("_id");
        var batches = LedgerQuery.ledger().getCollection("batches");
        batches.insertOne(batch(runId, 0, Map.of("sent", 400L, "in_doubt", 100L)));
        batches.insertOne(batch(runId, 1, Map.of("pending", 7L)));
        LedgerQuery.ledger().getCollection("pages").insertOne(new Document("_id", runId + ":0").append("run", runId).append("n", 0)
                .append("skipped", new Document("email", new Document("noAddress", 2L).append("invalidAddress", 1L)
                        .append("duplicateAddress", 0L))));
        TestSessions.as("operator").get("/api/runs/{id}", runId).then().statusCode(200).body("planned.email", equalTo(507))
                .body("counts.email.sent", equalTo(400)).body("counts.email.in_doubt", equalTo(100))
                .body("counts.email.pending", equalTo(7))
                .body("planned.sms", equalTo(0)).body("skipped.email.noAddress", equalTo(2)).body("skipped.sms.noAddress", equalTo(0));
    }

    @Test
    void recoveringByHandHasTheOriginsShape() {
        String id = armed();
        TestSessions.as("operator").post("/api/campaigns/recover").then().statusCode(200).body("success", equalTo(true))
                .body("details.skipped.id", hasItem(id)).body("details.skipped.reason", hasItem("Job already exists"));
    }

    private static String armed() {
        String id = TestCampaigns.approved(TestCampaigns.with("name", "Armed"));
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("scheduled"));
        return id;
    }

    private static void set(String id, org.bson.conversions.Bson update) {
        LedgerQuery.ledger().getCollection("campaigns").updateOne(eq("_id", id), update);
    }

    private static Document batch(String run, int n, Map<String, Long> counts) {
        return new Document("_id", run + ":" + n + ":email").append("run", run).append("channel", "email").append("state", "ready")
                .append("members", List.of()).append("counts", new Document(counts));
    }
}
