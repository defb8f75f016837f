package org.campaignrecovery.api.campaign;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.stack.DueEvents;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** A campaign from its draft to its run, through the API, with nothing else helping. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class CampaignLifeQuarkusTest {

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void aCampaignStartsAtItsInstantAndIsRungFor() {
        Instant start = Instant.now().plusSeconds(7);
        String id = TestCampaigns.approved(TestCampaigns.valid(start));

        await().atMost(Duration.ofSeconds(5)).until(() -> TestCampaigns.status(id).equals("scheduled"));
        await().atMost(Duration.ofSeconds(12)).until(() -> TestCampaigns.status(id).equals("processing"));
        String runId = TestSessions.as("marketer").get("/api/campaigns/{id}/runs", id).then().statusCode(200).extract().path("items[0].id");

        Document run = await().atMost(Duration.ofSeconds(5)).until(() -> LedgerQuery.all("runs", eq("_id", runId)).get(0),
                found -> Boolean.TRUE.equals(found.getBoolean("published")));
        assertThat(Duration.between(start, run.getDate("startedAt").toInstant())).isLessThan(Duration.ofSeconds(1));
        assertThat(run.getEmbedded(java.util.List.of("frozen", "email", "text"), String.class)).contains("Dear {{name}},", "come & see.");

        ConsumerRecord<String, String> event = DueEvents.of(runId);
        assertThat(event.key()).isEqualTo(id);
        assertThat(event.value()).contains("\"runId\":\"" + runId + "\"");
        assertThat(DueEvents.header(event, "ce_id")).isEqualTo(runId);
        assertThat(DueEvents.header(event, "ce_type")).isEqualTo("campaign.due.v1");
        assertThat(DueEvents.header(event, "ce_specversion")).isEqualTo("1.0");
        assertThat(DueEvents.header(event, "content-type")).isEqualTo("application/json");
    }

    @Test
    void aRunIsFoundUnderItsPlainAndItsEncodedId() {
        String id = TestCampaigns.approved(TestCampaigns.valid(Instant.now()));
        await().atMost(Duration.ofSeconds(6)).until(() -> TestCampaigns.status(id).equals("processing"));
        String runId = await().until(() -> TestSessions.as("operator").get("/api/campaigns/{id}/runs", id).path("items[0].id"),
                found -> found != null);

        String encoded = URLEncoder.encode(runId, StandardCharsets.UTF_8);
        TestSessions.as("operator").urlEncodingEnabled(false).get("/api/runs/" + runId).then().statusCode(200).body("id", equalTo(runId))
                .body("planned.email", equalTo(0));
        TestSessions.as("operator").urlEncodingEnabled(false).get("/api/runs/" + encoded).then().statusCode(200)
                .body("id", equalTo(runId));
        TestSessions.as("operator").urlEncodingEnabled(false).get("/api/runs/" + encoded + "/deliveries").then().statusCode(200)
                .body("next", equalTo(null));
    }

    @Test
    void theAuditTellsWhoAndWhy() {
        String id = TestCampaigns.create(TestCampaigns.with("name", "Rejected once"));
        TestSessions.as("marketer").post("/api/campaigns/{id}/submit", id).then().statusCode(200);
        TestSessions.as("marketing-manager").body(Map.of("reason", "too loud")).post("/api/campaigns/{id}/reject", id).then()
                .statusCode(200).body("status", equalTo("rejected")).body("rejectionReason", equalTo("too loud"));
        TestSessions.as("marketer").body(TestCampaigns.with("name", "Quieter")).put("/api/campaigns/{id}", id).then().statusCode(200)
                .body("status", equalTo("draft")).body("name", equalTo("Quieter")).body("rejectionReason", equalTo(null));
        TestSessions.as("marketer").post("/api/campaigns/{id}/submit", id).then().statusCode(200);
        TestSessions.as("marketer").post("/api/campaigns/{id}/withdraw", id).then().statusCode(200);

        TestSessions.as("operator").get("/api/campaigns/{id}/audit", id).then().statusCode(200)
                .body("items.to", contains("draft", "pending_approval", "rejected", "draft", "pending_approval", "draft"))
                .body("items[2].who", equalTo("marketing-manager")).body("items[2].why", equalTo("too loud"));
    }

    @Test
    void theAuditGoesOnWhereItEndedAndOutlivesADeletedDraft() {
        String id = TestCampaigns.create(TestCampaigns.with("name", "Back and forth"));
        for (int i = 0; i < 3; i++) {
            TestSessions.as("marketer").post("/api/campaigns/{id}/submit", id).then().statusCode(200);
            TestSessions.as("marketer").post("/api/campaigns/{id}/withdraw", id).then().statusCode(200);
        }
        TestSessions.as("marketer").delete("/api/campaigns/{id}", id).then().statusCode(204);
        List<String> all = new ArrayList<>();
        String cursor = "";
        do {
            Response page = TestSessions.as("operator").queryParam("limit", 3).queryParam("cursor", cursor)
                    .get("/api/campaigns/{id}/audit", id);
            page.then().statusCode(200);
            all.addAll(page.path("items.why"));
            cursor = page.path("next");
        } while (cursor != null);
        assertThat(all).hasSize(8).startsWith("created").endsWith("deleted");
        TestSessions.as("operator").queryParam("cursor", "MTpub25zZW5zZQ").get("/api/campaigns/{id}/audit", id).then().statusCode(400)
                .body("type", equalTo("/problems/bad-request"));
    }

    @Test
    void editingKnowsRevisions() {
        String id = TestCampaigns.create(TestCampaigns.with("name", "First"));
        String tag = TestSessions.as("marketer").get("/api/campaigns/{id}", id).header("ETag");
        TestSessions.as("marketer").header("If-Match", tag).body(TestCampaigns.with("name", "Second")).put("/api/campaigns/{id}", id).then()
                .statusCode(200);
        TestSessions.as("marketer").header("If-Match", tag).body(TestCampaigns.with("name", "Third")).put("/api/campaigns/{id}", id).then()
                .statusCode(412).contentType("application/problem+json").body("detail", containsString("revision 2"));
        TestSessions.as("marketer").delete("/api/campaigns/{id}", id).then().statusCode(204);
        TestSessions.as("marketer").get("/api/campaigns/{id}", id).then().statusCode(404);
    }

    @Test
    void whatWasReadCanBeSentBack() {
        String id = TestCampaigns.create(TestCampaigns.with("description", "read and sent back"));
        String json = TestSessions.as("marketer").get("/api/campaigns/{id}", id).asString();
        TestSessions.as("marketer").body(json).put("/api/campaigns/{id}", id).then().statusCode(200)
                .body("targetedCustomerIds", contains("13047", "17850")).body("rev", equalTo(2));
    }

    @Test
    void nobodyApprovesWhatTheyWrote() {
        Map<String, Object> campaign = TestCampaigns.with("name", "An admin's");
        String id = TestSessions.admin().body(campaign).post("/api/campaigns").then().statusCode(201).extract().path("id");
        TestSessions.admin().post("/api/campaigns/{id}/submit", id).then().statusCode(200);
        TestSessions.admin().post("/api/campaigns/{id}/approve", id).then().statusCode(403).body("type", equalTo("/problems/forbidden"));
        TestSessions.as("marketing-manager").post("/api/campaigns/{id}/approve", id).then().statusCode(200);
        TestSessions.as("marketing-manager").post("/api/campaigns/{id}/approve", id).then().statusCode(409)
                .body("detail", containsString("the campaign is")).body("type", equalTo("/problems/conflict"));
    }

    @Test
    void whoeverEditedAnothersDraftDoesNotApproveIt() {
        String id = TestCampaigns.create(TestCampaigns.with("name", "Touched by an admin"));
        TestSessions.admin().body(TestCampaigns.with("name", "Touched")).put("/api/campaigns/{id}", id).then().statusCode(200);
        TestSessions.as("marketer").post("/api/campaigns/{id}/submit", id).then().statusCode(200);
        TestSessions.admin().post("/api/campaigns/{id}/approve", id).then().statusCode(403);
    }

    @Test
    void listsGoOnWhereTheyEnded() {
        String first = TestCampaigns.create(TestCampaigns.with("name", "Listed (1)"));
        String second = TestCampaigns.create(TestCampaigns.with("name", "listed (2)"));
        String next = TestSessions.as("operator").queryParam("q", "LISTED (").queryParam("limit", 1).get("/api/campaigns").then()
                .statusCode(200).body("items.id", contains(second)).extract().path("next");
        TestSessions.as("operator").queryParam("q", "LISTED (").queryParam("limit", 1).queryParam("cursor", next).get("/api/campaigns")
                .then().statusCode(200).body("items.id", contains(first)).body("next", equalTo(null));
    }

    @Test
    void aStartInThePastIsOverdueAndSaysSo() {
        String late = TestCampaigns.approved(TestCampaigns.valid(Instant.now().minus(Duration.ofHours(2))));
        await().atMost(Duration.ofSeconds(6)).until(() -> TestCampaigns.status(late).equals("processing"));
        TestSessions.as("operator").get("/api/campaigns/{id}/runs", late).then().body("items[0].overdueBy", containsString("PT2H"));
    }
}
