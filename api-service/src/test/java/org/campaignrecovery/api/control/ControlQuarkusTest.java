package org.campaignrecovery.api.control;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import org.bson.Document;
import org.bson.conversions.Bson;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.campaign.TestCampaigns;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.mongodb.client.model.Updates;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;

/** Pausing, resuming, cancelling and starting by hand; no worker runs here. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class ControlQuarkusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Instant FAR = Instant.parse("2035-01-01T09:00:00Z");

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void aScheduledCampaignIsPausedAndGoesBack() {
        String id = scheduled(FAR);
        order("marketing-manager", id, "pause", Map.of("reason", "a typo")).statusCode(200).body("status", equalTo("paused"))
                .body("pausedFrom", equalTo("scheduled")).body("nextRunAt", equalTo("2035-01-01T09:00:00Z"));
        order("operator", id, "pause", Map.of()).statusCode(409).body("currentStatus", equalTo("paused"));
        order("operator", id, "resume", Map.of()).statusCode(200).body("status", equalTo("scheduled")).body("pausedFrom", nullValue())
                .body("nextRunAt", equalTo("2035-01-01T09:00:00Z"));
        order("operator", id, "resume", Map.of()).statusCode(409);
        TestSessions.as("operator").get("/api/campaigns/{id}/audit", id).then().body("items.find { it.to == 'paused' }.why",
                equalTo("a typo")).body("items.find { it.to == 'paused' }.who", equalTo("marketing-manager"));
    }

    /** As {@code curl -X POST} does it. */
    @Test
    void anOrderNeedsNoBodyAndNoContentType() throws Exception {
        String id = scheduled(FAR);
        for (String order : List.of("pause", "resume", "cancel", "archive", "clone")) {
            String user = order.equals("resume") ? "operator" : "marketer";
            HttpRequest request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/api/campaigns/" + id
                    + "/" + order)).header("Cookie", "campaign_session=" + TestSessions.login(user, user + "-password"))
                    .POST(HttpRequest.BodyPublishers.noBody()).build();
            assertThat(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode()).as(order)
                    .isIn(200, 201);
        }
    }

    @Test
    void aPausedCampaignDoesNotStart() {
        String id = scheduled(Instant.now().plusSeconds(3));
        order("operator", id, "pause", Map.of()).statusCode(200);
        await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(5)).until(() -> TestCampaigns.status(id).equals("paused"));
        order("operator", id, "resume", Map.of()).statusCode(200);
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("processing"));
        order("operator", id, "pause", Map.of()).statusCode(200).body("pausedFrom", equalTo("processing"));
        order("operator", id, "resume", Map.of()).statusCode(200).body("status", equalTo("processing"));
    }

    @Test
    void marketersStopTheirOwnAndResumeNothing() {
        String id = scheduled(FAR);
        TestSessions.createUser("another-marketer", "another-password", "marketer");
        String cookie = TestSessions.login("another-marketer", "another-password");
        TestSessions.anonymous().cookie("campaign_session", cookie).post("/api/campaigns/{id}/pause", id).then().statusCode(403);
        TestSessions.anonymous().cookie("campaign_session", cookie).post("/api/campaigns/{id}/cancel", id).then().statusCode(403);
        order("marketer", id, "pause", Map.of()).statusCode(200);
        order("marketer", id, "resume", Map.of()).statusCode(403);
        order("marketer", id, "cancel", Map.of()).statusCode(200);
    }

    @ParameterizedTest
    @EnumSource(CampaignStatus.class)
    void whatCanBeCancelledIs(CampaignStatus status) {
        String id = TestCampaigns.create(TestCampaigns.with("name", "To be cancelled"));
        set(id, Updates.set("status", status.wire()), Updates.set("pausedFrom", "scheduled"), Updates.set("nextRunAt", Date.from(FAR)),
                Updates.set("current", new Document("runId", id + "@x").append("scheduledFor", Date.from(FAR))));
        ValidatableResponse answer = order("operator", id, "cancel", Map.of("reason", "no more"));
        if (status == CampaignStatus.COMPLETED || status == CampaignStatus.CANCELLED) {
            answer.statusCode(409).body("currentStatus", equalTo(status.wire()));
        } else {
            answer.statusCode(200).body("status", equalTo("cancelled")).body("nextRunAt", nullValue()).body("pausedFrom", nullValue());
        }
    }

    @Test
    void anOldRevisionStopsNothing() {
        String id = scheduled(FAR);
        TestSessions.as("operator").header("If-Match", "\"1\"").post("/api/campaigns/{id}/cancel", id).then().statusCode(412);
        assertThat(TestCampaigns.status(id)).isEqualTo("scheduled");
    }

    @Test
    void whatWasMissedIsRunNowAsTheSameRun() {
        String id = scheduled(FAR);
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        set(id, Updates.set("nextRunAt", Date.from(yesterday)), Updates.set("approvedAt", Date.from(yesterday)));
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("missed"));
        await().atMost(PATIENCE).until(() -> runs(id).size() == 1);
        String run = runs(id).get(0).getString("_id");
        order("marketing-manager", id, "run-now", Map.of()).statusCode(403);
        order("operator", id, "run-now", Map.of()).statusCode(200).body("status", equalTo("processing"))
                .body("current.runId", equalTo(run));
        await().atMost(PATIENCE).until(() -> runs(id).get(0).getString("state").equals("planning"));
        await().atMost(PATIENCE).until(() -> Boolean.TRUE.equals(runs(id).get(0).getBoolean("published")));
        assertThat(runs(id)).hasSize(1);
        order("operator", id, "run-now", Map.of()).statusCode(409);
    }

    @Test
    void whatHasFailedIsRunNowAsTheSameRun() {
        String id = processing();
        String run = runs(id).get(0).getString("_id");
        LedgerQuery.ledger().getCollection("runs").updateOne(eq("_id", run), Updates.combine(Updates.set("state", "failed"),
                Updates.set("reason", "the orders cannot be read"), Updates.set("planner", new Document("epoch", 3L).append("hb", 7L))));
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("failed"));
        order("operator", id, "run-now", Map.of()).statusCode(200).body("current.runId", equalTo(run));
        Document reopened = runs(id).get(0);
        assertThat(reopened.getString("state")).isEqualTo("planning");
        assertThat(reopened.getString("reason")).isNull();
        assertThat(reopened.getEmbedded(List.of("planner", "epoch"), Long.class)).isEqualTo(3);
    }

    /** What is open of a failed run must be counted as cancelled: workers do that with runs that are open. */
    @Test
    void theRunOfAFailedCampaignIsOpenedToBeCancelled() {
        String id = processing();
        String run = runs(id).get(0).getString("_id");
        LedgerQuery.ledger().getCollection("runs").updateOne(eq("_id", run), Updates.set("state", "failed"));
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("failed"));
        order("operator", id, "cancel", Map.of()).statusCode(200);
        await().atMost(PATIENCE).until(() -> runs(id).get(0).getString("state").equals("planning"));
    }

    /** As after a crash between the two writes. */
    @Test
    void aSweepOpensTheFailedRunOfACancelledCampaign() {
        String id = processing();
        set(id, Updates.set("status", "cancelled"), Updates.set("updatedAt", new Date()));
        LedgerQuery.ledger().getCollection("runs").updateOne(eq("campaignId", id), Updates.set("state", "failed"));
        await().atMost(PATIENCE).until(() -> runs(id).get(0).getString("state").equals("planning"));
    }

    @Test
    void aBulkCampaignThatIsStartedEarlyHasNoOtherRun() {
        String id = scheduled(FAR);
        order("operator", id, "run-now", Map.of("reason", "the boss")).statusCode(200).body("status", equalTo("processing"))
                .body("current.runId", equalTo(id + "@2035-01-01T09:00:00Z")).body("nextRunAt", nullValue());
        await().atMost(PATIENCE).until(() -> runs(id).size() == 1);
        assertThat(runs(id).get(0).getLong("overdueBySeconds")).isNull();
    }

    @Test
    void aRunOfItsOwnOfARecurringCampaignIsNamedByItsKey() {
        String id = scheduled(FAR);
        set(id, Updates.set("type", "recurring"), Updates.set("schedule", new Document("frequency", "daily")),
                Updates.unset("approvedHash"));
        order("operator", id, "run-now", Map.of()).statusCode(400).body("detail", containsString("Idempotency-Key"));
        TestSessions.as("operator").header("Idempotency-Key", "not a key").post("/api/campaigns/{id}/run-now", id).then().statusCode(400);
        for (int i = 0; i < 3; i++) {
            TestSessions.as("operator").header("Idempotency-Key", "monday-extra").post("/api/campaigns/{id}/run-now", id).then()
                    .statusCode(200).body("current.runId", equalTo(id + "@manual:monday-extra"));
            await().atMost(PATIENCE).until(() -> runs(id).size() == 1);
        }
    }

    @Test
    void whatIsNotWhatWasApprovedIsNotRun() {
        String id = scheduled(FAR);
        set(id, Updates.set("name", "Something else"));
        order("operator", id, "run-now", Map.of()).statusCode(409).body("detail", containsString("not what was approved"));
    }

    @Test
    void afterItsEndDateNothingIsRun() {
        String id = scheduled(FAR);
        set(id, Updates.set("status", "missed"), Updates.set("endDate", Date.from(Instant.now().minusSeconds(5))),
                Updates.unset("approvedHash"));
        order("operator", id, "run-now", Map.of()).statusCode(409).body("detail", containsString("end date"));
    }

    @Test
    void aCloneIsADraftOfWhoeverClonesIt() {
        String id = scheduled(FAR);
        String clone = TestSessions.admin().post("/api/campaigns/{id}/clone", id).then().statusCode(201).body("status", equalTo("draft"))
                .body("createdBy", equalTo(EmbeddedLedger.ADMIN)).body("name", equalTo("Spring sale"))
                .body("targetedCustomerIds", hasItem("17850")).body("approvedBy", nullValue()).extract().path("id");
        assertThat(clone).isNotEqualTo(id);
        String hash = TestSessions.as("operator").get("/api/campaigns/{id}", id).path("contentHash");
        TestSessions.as("operator").get("/api/campaigns/{id}", clone).then().body("contentHash", equalTo(hash));
    }

    @Test
    void onlyWhatIsNotUnderWayIsPutAway() {
        String id = scheduled(FAR);
        order("marketer", id, "archive", Map.of()).statusCode(409);
        order("operator", id, "cancel", Map.of()).statusCode(200);
        order("marketer", id, "archive", Map.of()).statusCode(200).body("archived", equalTo(true)).body("status", equalTo("cancelled"));
        TestSessions.as("operator").get("/api/campaigns?limit=100").then().body("items.id", not(hasItem(id)));
        TestSessions.as("operator").get("/api/campaigns?archived=true&limit=100").then().body("items.id", hasItem(id));
        order("marketer", id, "archive", Map.of("archived", false)).statusCode(200).body("archived", nullValue());
        TestSessions.as("operator").get("/api/campaigns?limit=100").then().body("items.id", hasItem(id));
    }

    @Test
    void whatIsApprovedHasAFingerprint() {
        String id = TestCampaigns.create(TestCampaigns.with("name", "Fingerprint"));
        String hash = TestSessions.as("marketer").get("/api/campaigns/{id}", id).then().body("contentHash", notNullValue()).extract()
                .path("contentHash");
        TestSessions.as("marketer").post("/api/campaigns/{id}/submit", id).then().statusCode(200);
        TestSessions.as("marketing-manager").post("/api/campaigns/{id}/approve", id).then().statusCode(200);
        assertThat(campaign(id).getString("approvedHash")).isEqualTo(hash);
    }

    private static String scheduled(Instant start) {
        String id = TestCampaigns.approved(TestCampaigns.valid(start));
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("scheduled"));
        return id;
    }

    private static String processing() {
        String id = TestCampaigns.approved(TestCampaigns.valid(Instant.now()));
        await().atMost(PATIENCE).until(() -> TestCampaigns.status(id).equals("processing"));
        await().atMost(PATIENCE).until(() -> runs(id).size() == 1);
        return id;
    }

    private static ValidatableResponse order(String role, String id, String order, Map<String, Object> body) {
        var request = TestSessions.as(role);
        return (body.isEmpty() ? request : request.body(body)).post("/api/campaigns/{id}/" + order, id).then();
    }

    private static List<Document> runs(String id) {
        return LedgerQuery.all("runs", eq("campaignId", id));
    }

    private static Document campaign(String id) {
        return LedgerQuery.all("campaigns", and(eq("_id", id))).get(0);
    }

    private static void set(String id, Bson... updates) {
        LedgerQuery.ledger().getCollection("campaigns").updateOne(eq("_id", id), Updates.combine(updates));
    }
}
