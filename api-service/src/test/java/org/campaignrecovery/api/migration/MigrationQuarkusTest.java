package org.campaignrecovery.api.migration;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.campaignrecovery.api.migration.TestOldCampaigns.id;
import static org.campaignrecovery.api.migration.TestOldCampaigns.of;
import static org.campaignrecovery.api.migration.TestOldCampaigns.with;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.campaign.TestCampaigns;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** Moving in, through the API. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class MigrationQuarkusTest {

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void anApprovedOneIsArmedAndNotTouchedAgain() {
        Map<String, Object> old = of("scheduled");
        migrate(old).body("id", equalTo(id(old))).body("oldStatus", equalTo("scheduled")).body("status", equalTo("approved"))
                .body("outcome", equalTo("created"));
        await().atMost(Duration.ofSeconds(10)).until(() -> TestCampaigns.status(id(old)).equals("scheduled"));
        Document campaign = campaign(old);
        assertThat(campaign.getString("approvedHash")).matches("[0-9a-f]{64}");
        assertThat(campaign.getString("approvedBy")).isEqualTo("max");
        migrate(with(old, "name", "Another name")).body("outcome", equalTo("unchanged")).body("status", equalTo("scheduled"));
        assertThat(campaign(old)).isEqualTo(campaign);
        TestSessions.as("operator").get("/api/campaigns/{id}", id(old)).then().body("targetedCustomerIds", contains("13047", "17850"))
                .body("nextRunAt", equalTo("2035-01-01T09:00:00Z"));
        TestSessions.as("operator").get("/api/campaigns/{id}/audit", id(old)).then().body("items[0].to", equalTo("approved"))
                .body("items[0].why", equalTo("moved in from the system before, where it was scheduled"));
    }

    @Test
    void whatAnInterruptedOneHasReachedIsWrittenAsSent() {
        LedgerQuery.orders().getCollection("orders").insertOne(new Document("customer_id", "moved-1").append("order_id", id(of("draft")))
                .append("email", "Moved-1@X.org").append("phone", "(202) 555-0177"));
        List<Object> recipients = new ArrayList<>();
        for (int i = 0; i < 1_001; i++) {
            recipients.add(Map.of("email", "R%04d@x.org".formatted(i), "status", "sent", "sentAt", "2026-11-20T09:00:00Z"));
        }
        recipients.add(Map.of("email", "r0000@X.ORG", "status", "sent"));
        recipients.add(Map.of("email", "no address", "status", "sent"));
        recipients.add(Map.of("email", "doubt@x.org", "status", "sending"));
        recipients.add(Map.of("customerId", "moved-1", "status", "sent"));
        Map<String, Object> old = with(with(of("processing"), "recipients", recipients), "startDate", "2026-11-20T09:00:00Z");
        migrate(old).body("status", equalTo("paused")).body("outcome", equalTo("created"))
                .body("notes", hasItem(containsString("no addresses: no address")));

        String run = id(old) + "@2026-11-20T09:00:00Z";
        Document campaign = campaign(old);
        assertThat(campaign.getString("pausedFrom")).isEqualTo("processing");
        assertThat(campaign.getEmbedded(List.of("current", "runId"), String.class)).isEqualTo(run);
        assertThat(LedgerQuery.all("runs", eq("_id", run))).singleElement()
                .satisfies(found -> assertThat(found.getString("state")).isEqualTo("planning"))
                .satisfies(found -> assertThat(found.get("totals")).isNull());
        assertThat(LedgerQuery.all("pages", eq("run", run))).hasSize(3).allMatch(page -> page.getString("state").equals("planned"));
        TestSessions.as("operator").get("/api/runs/{id}", run).then().body("counts.email.sent", equalTo(1_002))
                .body("counts.email.in_doubt", equalTo(1)).body("counts.sms.sent", equalTo(1))
                .body("firstSentAt", equalTo("2026-11-20T09:00:00Z"));
        assertThat(LedgerQuery.all("deliveries", eq("run", run))).hasSize(1_004)
                .anyMatch(delivery -> delivery.getString("address").equals("+12025550177"));
        assertThat(campaign.getEmbedded(List.of("lastChange", "why"), String.class)).doesNotContain("no address");

        migrate(old).body("outcome", equalTo("unchanged")).body("status", equalTo("paused"));
        assertThat(LedgerQuery.all("deliveries", eq("run", run))).hasSize(1_004);
    }

    /** Whatever an interrupted pass has left undone, another one does, and nothing twice. */
    @Test
    void anInterruptedPassIsFinishedByTheNext() {
        Map<String, Object> old = with(of("processing"), "sentEmails", List.of("a@x.org", "b@x.org"));
        migrate(old).body("outcome", equalTo("created"));
        String run = id(old) + "@2035-01-01T09:00:00Z";
        LedgerQuery.ledger().getCollection("runs").deleteOne(eq("_id", run));
        migrate(old).body("outcome", equalTo("unchanged"));
        assertThat(LedgerQuery.all("runs", eq("_id", run))).hasSize(1);

        LedgerQuery.ledger().getCollection("runs").deleteOne(eq("_id", run));
        LedgerQuery.ledger().getCollection("campaigns").deleteOne(eq("_id", id(old)));
        LedgerQuery.ledger().getCollection("audit").deleteMany(eq("campaign", id(old)));
        LedgerQuery.ledger().getCollection("pages").deleteMany(eq("run", run));
        Document lost = LedgerQuery.all("deliveries", eq("run", run)).get(0);
        LedgerQuery.ledger().getCollection("deliveries").deleteOne(eq("_id", lost.get("_id")));
        migrate(with(old, "sentEmails", List.of("a@x.org", "b@x.org", "c@x.org"))).body("outcome", equalTo("refused"))
                .body("notes[0]", containsString("take the same document again"));
        assertThat(LedgerQuery.all("campaigns", eq("_id", id(old)))).isEmpty();
    }

    @Test
    void whatHasEndedIsHistoryWithItsPerformance() {
        Map<String, Object> old = with(with(of("completed"), "performance", Map.of("sent", 90, "failed", 4)), "startDate",
                "2026-11-01T09:00:00Z");
        migrate(old).body("status", equalTo("completed"));
        TestSessions.as("operator").get("/api/campaigns/{id}", id(old)).then().body("performance.runs", equalTo(1))
                .body("performance.sent", equalTo(90)).body("performance.failed", equalTo(4)).body("performance.planned", equalTo(94));
        TestSessions.as("operator").get("/api/campaigns/{id}/runs", id(old)).then().body("items[0].status", equalTo("completed"))
                .body("items[0].counts.email.sent", equalTo(90)).body("items[0].planned.email", equalTo(94));
    }

    @Test
    void aRecurringOneKeepsItsLastOccurrence() {
        Map<String, Object> old = with(with(of("draft"), "frequency", "daily"), "lastExecuted", "2026-11-23T08:00:00Z");
        migrate(old).body("outcome", equalTo("created"));
        Document campaign = campaign(old);
        assertThat(campaign.getString("type")).isEqualTo("recurring");
        assertThat(campaign.getEmbedded(List.of("schedule", "frequency"), String.class)).isEqualTo("daily");
        assertThat(campaign.getDate("lastOccurrence").toInstant()).isEqualTo("2026-11-23T08:00:00Z");
    }

    @Test
    void whatIsUnsoundBecomesADraftWithTheFindings() {
        Map<String, Object> old = with(with(of("approved"), "emailBody", "<p>{{#open}}</p>"), "targetedCustomerIds", List.of());
        migrate(old).body("status", equalTo("draft")).body("notes", hasItem(containsString("email.html")))
                .body("notes", hasItem(containsString("targetedCustomerIds")));
        TestSessions.as("operator").get("/api/campaigns/{id}", id(old)).then().statusCode(200).body("audienceSize", equalTo(0));
        TestSessions.as("operator").get("/api/campaigns").then().statusCode(200);
    }

    @Test
    void aDeletedDraftDoesNotComeBack() {
        Map<String, Object> old = of("draft");
        migrate(old).body("outcome", equalTo("created"));
        TestSessions.admin().delete("/api/campaigns/{id}", id(old)).then().statusCode(204);
        migrate(old).body("outcome", equalTo("unchanged")).body("notes[0]", containsString("has been deleted here since"));
        TestSessions.admin().get("/api/campaigns/{id}", id(old)).then().statusCode(404);
    }

    @Test
    void whatIsNoCampaignIsRefused() {
        migrate(Map.of("_id", "x", "name", "Odd", "status", "odd")).body("outcome", equalTo("refused")).body("name", equalTo("Odd"))
                .body("notes", contains("nobody here knows the status 'odd'"));
        migrate(Map.of()).body("outcome", equalTo("refused")).body("notes", contains("it has no _id"));
        for (String body : List.of("[]", "5", "null", "{", "{} {}", "{\"_id\": 1, \"_id\": 2}", "\"text\"", "")) {
            TestSessions.admin().body(body).post("/api/campaigns/migrate").then().statusCode(400)
                    .contentType("application/problem+json");
        }
    }

    /** Documents are other people's: any shape of any field is answered, never a failure of ours. */
    @Test
    void strangeValuesAreNoFailures() {
        List<Object> strange = List.of(5, -1.5, true, "text", List.of(), List.of(1, "a", Map.of()), Map.of(), Map.of("$date", "never"),
                Map.of("$numberLong", "many"), Map.of("a", Map.of("b", List.of(Map.of("c", 1)))));
        for (String field : List.of("name", "status", "startDate", "endDate", "timeZone", "targetedCustomerIds", "frequency",
                "emailSubject", "emailBody", "smsMessage", "channels", "createdBy", "approvedBy", "performance", "recipients", "sentEmails",
                "sentPhones", "lastExecuted", "createdAt", "content", "_id")) {
            for (Object value : strange) {
                int status = TestSessions.admin().body(with(of("processing"), field, value)).post("/api/campaigns/migrate").statusCode();
                assertThat(status).as("%s: %s", field, value).isEqualTo(200);
            }
        }
    }

    private static ValidatableResponse migrate(Map<String, Object> old) {
        return TestSessions.admin().body(old).post("/api/campaigns/migrate").then().statusCode(200);
    }

    private static Document campaign(Map<String, Object> old) {
        return LedgerQuery.all("campaigns", eq("_id", id(old))).get(0);
    }
}
