package org.campaignrecovery.api.schedule;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.bson.Document;
import org.bson.conversions.Bson;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.api.campaign.TestCampaigns;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.mongodb.client.model.Updates;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The life of a recurring campaign: armed, run, armed again; late, missed, and going on. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class RecurringQuarkusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration DAY = Duration.ofDays(1);

    @Inject
    DueStart start;
    @Inject
    CampaignRepository campaigns;

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void aRunThatHasEndedLeadsToTheNextOccurrence() {
        Instant first = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(2);
        String id = TestCampaigns.approved(daily(first));
        String run = id + "@" + first;
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("processing"));
        await().atMost(PATIENCE).until(() -> !LedgerQuery.all("runs", eq("_id", run)).isEmpty());
        TestSessions.as("operator").get("/api/campaigns/{id}/runs", id).then().body("items.id", contains(run))
                .body("items[0].type", equalTo("recurring")).body("items[0].coalesced", equalTo(null));

        completed(run);
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("scheduled"));
        TestSessions.as("operator").get("/api/campaigns/{id}", id).then().body("nextRunAt", equalTo(first.plus(DAY).toString()))
                .body("performance.runs", equalTo(1)).body("current.runId", equalTo(run));
    }

    @Test
    void occurrencesThatWereSleptThroughAreOneRun() {
        Instant first = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(DAY.multipliedBy(9)).minus(Duration.ofHours(2));
        String id = scheduledFor(first);
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("processing"));
        Instant latest = first.plus(DAY.multipliedBy(9));
        Document run = await().atMost(PATIENCE).until(() -> LedgerQuery.all("runs", eq("campaignId", id)), runs -> runs.size() == 1).get(0);
        assertThat(run.getString("_id")).isEqualTo(id + "@" + latest);
        TestSessions.as("operator").get("/api/runs/{run}", run.getString("_id")).then().body("coalesced", equalTo(9))
                .body("scheduledFor", equalTo(latest.toString())).body("overdueBy", containsString("PT2H"));

        completed(run.getString("_id"));
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("scheduled"));
        TestSessions.as("operator").get("/api/campaigns/{id}", id).then().body("nextRunAt", equalTo(latest.plus(DAY).toString()));
    }

    @Test
    void aMissedOccurrenceDoesNotStopTheCampaign() {
        Instant first = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(DAY.multipliedBy(3)).minus(Duration.ofHours(8));
        String id = scheduledFor(first);
        Instant latest = first.plus(DAY.multipliedBy(3));
        Document run = await().atMost(PATIENCE).until(() -> LedgerQuery.all("runs", eq("campaignId", id)), runs -> runs.size() == 1).get(0);
        assertThat(run.getString("_id")).isEqualTo(id + "@" + latest);
        assertThat(run.getString("state")).isEqualTo("missed");
        assertThat(run.getInteger("coalesced")).isEqualTo(3);
        TestSessions.as("operator").get("/api/campaigns/{id}", id).then().body("status", equalTo("scheduled"))
                .body("nextRunAt", equalTo(latest.plus(DAY).toString()));
        TestSessions.as("operator").get("/api/campaigns/{id}/audit", id).then().body("items[-1].from", equalTo("scheduled"))
                .body("items[-1].to", equalTo("scheduled")).body("items[-1].why", containsString("missed " + latest));
        await().atMost(PATIENCE).until(() -> document(id).get("lastMissed") == null);
        assertThat(document(id).getDate("lastOccurrence").toInstant()).isEqualTo(latest);
    }

    /** The process that missed it died before it inserted the run. */
    @Test
    void aMissedRunIsNotedByWhoeverComesLater() {
        String id = TestCampaigns.approved(daily(Instant.parse("2035-01-01T09:00:00Z")));
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("scheduled"));
        Instant missed = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(DAY);
        String run = id + "@" + missed;
        set(id, Updates.combine(Updates.set("lastMissed", new Document("runId", run).append("scheduledFor", Date.from(missed))),
                Updates.set("lastOccurrence", Date.from(missed)), Updates.set("lastCoalesced", 4)));
        await().atMost(PATIENCE).until(() -> LedgerQuery.all("runs", and(eq("_id", run), eq("state", "missed"))).size() == 1);
        assertThat(LedgerQuery.all("runs", eq("_id", run)).get(0).getInteger("coalesced")).isEqualTo(4);
        await().atMost(PATIENCE).until(() -> document(id).get("lastMissed") == null);
        assertThat(TestCampaigns.status(id)).isEqualTo("scheduled");
    }

    /** A replica that was frozen over an occurrence wakes and tries what it has seen. */
    @Test
    void whoeverSawAnEarlierOccurrenceLoses() {
        Instant first = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(3);
        String id = TestCampaigns.approved(daily(first));
        CampaignDocument seen = await().atMost(PATIENCE).until(() -> campaigns.byId(id).await().indefinitely(),
                campaign -> campaign.nextRunAt != null);
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("processing"));
        await().atMost(PATIENCE).until(() -> !LedgerQuery.all("runs", eq("campaignId", id)).isEmpty());
        completed(id + "@" + first);
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("scheduled"));

        assertThat(start.attempt(seen).await().atMost(PATIENCE)).isEqualTo(DueStart.Result.LOST);
        assertThat(TestCampaigns.status(id)).isEqualTo("scheduled");
        assertThat(LedgerQuery.all("runs", eq("campaignId", id))).hasSize(1);
    }

    @Test
    void theLastOccurrenceEndsTheCampaignAndIfItIsMissedThatIsSeen() {
        Instant first = Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(DAY.multipliedBy(2)).minus(Duration.ofHours(8));
        Map<String, Object> twice = daily(first);
        twice.remove("frequency");
        twice.put("recurrenceRule", "FREQ=DAILY;COUNT=2");
        String missed = TestCampaigns.approved(twice);
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(missed).equals("processing"));
        String run = missed + "@" + first.plus(DAY);
        completed(run);
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(missed).equals("completed"));

        String late = TestCampaigns.create(twice);
        TestSessions.as("marketer").post("/api/campaigns/{id}/submit", late).then().statusCode(200);
        set(late, Updates.combine(Updates.set("status", "scheduled"), Updates.set("nextRunAt", Date.from(first))));
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(late).equals("missed"));
        TestSessions.as("operator").get("/api/campaigns/{id}", late).then().body("current.runId", equalTo(late + "@" + first.plus(DAY)));
    }

    @Test
    void aScheduledCampaignThatLostItsNextStartGetsItBack() {
        String id = TestCampaigns.approved(daily(Instant.parse("2035-01-01T09:00:00Z")));
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("scheduled"));
        set(id, Updates.combine(Updates.unset("nextRunAt"),
                Updates.set("lastOccurrence", Date.from(Instant.parse("2035-01-05T09:00:00Z")))));
        await().atMost(PATIENCE).until(() -> document(id).getDate("nextRunAt") != null);
        assertThat(document(id).getDate("nextRunAt").toInstant()).isEqualTo(Instant.parse("2035-01-06T09:00:00Z"));
    }

    @Test
    void whatWasNotApprovedIsNeverArmedNorStarted() {
        String unarmed = TestCampaigns.create(daily(Instant.parse("2035-01-01T09:00:00Z")));
        set(unarmed, Updates.combine(Updates.set("status", "approved"), Updates.set("approvedHash", "of something else")));
        String armed = TestCampaigns.create(TestCampaigns.valid(Instant.now().plusSeconds(1)));
        set(armed, Updates.combine(Updates.set("status", "scheduled"), Updates.set("approvedHash", "of something else"),
                Updates.set("nextRunAt", Date.from(Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1)))));

        await().atMost(PATIENCE).until(() -> TestCampaigns.status(armed).equals("missed"));
        TestSessions.as("operator").get("/api/campaigns/{id}/audit", armed).then()
                .body("items[-1].why", equalTo("its content was changed after the approval"));
        assertThat(TestCampaigns.status(unarmed)).isEqualTo("approved");
    }

    @Test
    void theNextOccurrencesAreShownAsTheClocksWillShowThem() {
        Map<String, Object> campaign = daily(Instant.parse("2035-03-24T01:30:00Z"));
        campaign.put("startDate", "2035-03-24T02:30:00");
        campaign.put("timeZone", "Europe/Berlin");
        campaign.put("delivery", Map.of("sendWindow", Map.of("from", "09:00", "to", "20:00")));
        String id = TestSessions.as("marketer").body(campaign).post("/api/campaigns").then().statusCode(201)
                .body("type", equalTo("recurring")).body("frequency", equalTo("daily"))
                .body("delivery.sendWindow.from", equalTo("09:00")).extract().path("id");
        TestSessions.as("operator").get("/api/campaigns/{id}/occurrences", id).then().statusCode(200).body("items", hasSize(10))
                .body("timeZone", equalTo("Europe/Berlin")).body("items[0].at", equalTo("2035-03-24T01:30:00Z"))
                .body("items[0].local", equalTo("2035-03-24T02:30:00+01:00"))
                .body("items[1].local", equalTo("2035-03-25T03:30:00+02:00"))
                .body("items[2].local", equalTo("2035-03-26T02:30:00+02:00"));
        TestSessions.as("operator").queryParam("limit", 3).get("/api/campaigns/{id}/occurrences", id).then().body("items", hasSize(3));
        TestSessions.as("operator").queryParam("limit", 0).get("/api/campaigns/{id}/occurrences", id).then().statusCode(400);
        TestSessions.as("operator").get("/api/campaigns/{id}/occurrences", "nobody").then().statusCode(404);

        campaign.remove("frequency");
        campaign.put("recurrenceRule", "FREQ=MONTHLY;BYDAY=-1FR");
        TestSessions.as("marketer").body(campaign).put("/api/campaigns/{id}", id).then().statusCode(200)
                .body("frequency", equalTo(null)).body("recurrenceRule", equalTo("FREQ=MONTHLY;BYDAY=-1FR"));
        campaign.remove("recurrenceRule");
        TestSessions.as("marketer").body(campaign).put("/api/campaigns/{id}", id).then().statusCode(200).body("type", equalTo("bulk"))
                .body("recurrenceRule", equalTo(null));
        TestSessions.as("operator").get("/api/campaigns/{id}/occurrences", id).then().body("items", hasSize(1));
    }

    @Test
    void whatCannotRecurIsRefusedWithItsField() {
        Map<String, Object> never = daily(Instant.parse("2035-01-01T09:00:00Z"));
        never.remove("frequency");
        never.put("recurrenceRule", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30");
        TestSessions.as("marketer").body(never).post("/api/campaigns").then().statusCode(400)
                .body("errors.field", contains("recurrenceRule"))
                .body("detail", containsString("would never run"));
        never.put("recurrenceRule", "FREQ=SECONDLY");
        never.put("timeZone", "Moon/Sea");
        TestSessions.as("marketer").body(never).post("/api/campaigns").then().statusCode(400)
                .body("errors.field", contains("timeZone", "recurrenceRule"));
    }

    private static Map<String, Object> daily(Instant start) {
        Map<String, Object> campaign = TestCampaigns.valid(start);
        campaign.put("frequency", "daily");
        return campaign;
    }

    /** Scheduled long ago, and approved then. */
    private static String scheduledFor(Instant first) {
        String id = TestCampaigns.create(daily(first));
        set(id, Updates.combine(Updates.set("status", "scheduled"), Updates.set("nextRunAt", Date.from(first)),
                Updates.set("approvedAt", Date.from(first.minus(DAY)))));
        return id;
    }

    private static void completed(String run) {
        await().atMost(PATIENCE).until(() -> !LedgerQuery.all("runs", eq("_id", run)).isEmpty());
        LedgerQuery.ledger().getCollection("runs").updateOne(eq("_id", run), Updates.combine(Updates.set("state", "completed"),
                Updates.set("totals", new Document("email", new Document("sent", 3L)))));
    }

    private static void set(String id, Bson update) {
        LedgerQuery.ledger().getCollection("campaigns").updateOne(eq("_id", id), update);
    }

    private static Document document(String id) {
        List<Document> found = LedgerQuery.all("campaigns", eq("_id", id));
        assertThat(found).hasSize(1);
        return found.get(0);
    }
}
