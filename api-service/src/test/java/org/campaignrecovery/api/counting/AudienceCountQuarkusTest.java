package org.campaignrecovery.api.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

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

/** How many a campaign would reach, asked before it is submitted. The other tests' orders are there too. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class AudienceCountQuarkusTest {
    private final String mark = "n" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void countsNamedCustomersWithTheReasonsWhySomeGetNothing() {
        order("a", mark + "@customers.example", "207-555-0140", 10);
        order("b", mark.toUpperCase() + "@customers.example", null, 10);
        order("c", "nobody", null, 10);
        order("d", "d" + mark + "@customers.example", null, 10);
        suppress("d" + mark + "@customers.example");
        count(Map.of("targetedCustomerIds", List.of(mark + "a", mark + "b", mark + "c", mark + "d", mark + "nobody", mark + "a")))
                .statusCode(200).body("customers", equalTo(5)).body("unknown", equalTo(1)).body("complete", equalTo(true))
                .body("planned.email", equalTo(2)).body("skipped.email.noAddress", equalTo(1))
                .body("skipped.email.invalidAddress", equalTo(1)).body("skipped.email.duplicateAddress", equalTo(1))
                .body("suppressed.email", equalTo(1)).body("planned.sms", equalTo(1)).body("skipped.sms.noAddress", equalTo(4));
    }

    @Test
    void countsThoseWhomAFilterAccepts() {
        order("a", mark + "a@customers.example", null, 10);
        order("a", mark + "a@customers.example", null, 20);
        order("b", mark + "b@customers.example", null, 40);
        Map<String, Object> mine = Map.of("countries", List.of(mark.toUpperCase()));
        count(Map.of("audience", Map.of("filter", mine), "channels", List.of("email"))).statusCode(200).body("customers", equalTo(2))
                .body("planned.email", equalTo(2)).body("planned.sms", nullValue());
        Map<String, Object> twice = new HashMap<>(mine);
        twice.put("minOrders", 2);
        twice.put("maxTotalSpent", 30);
        twice.put("lastOrderAfter", "2011-06-01T02:00:00");
        count(Map.of("audience", Map.of("filter", twice), "timeZone", "Europe/Berlin")).body("customers", equalTo(1));
        twice.put("lastOrderAfter", "2011-06-01T02:00:01");
        count(Map.of("audience", Map.of("filter", twice), "timeZone", "Europe/Berlin")).body("customers", equalTo(0))
                .body("complete", equalTo(true));
    }

    @Test
    void countsEverybody() {
        int before = count(Map.of("audience", Map.of("allCustomers", true))).statusCode(200).extract().path("customers");
        order("a", mark + "a@customers.example", null, 10);
        order("b", mark + "b@customers.example", null, 10);
        count(Map.of("audience", Map.of("allCustomers", true))).body("customers", equalTo(before + 2));
    }

    /** What a campaign says comes back in the form in which it can be sent again, and is counted the same way. */
    @Test
    void countsTheAudienceOfACampaign() {
        order("a", mark + "a@customers.example", "207-555-0140", 10);
        Map<String, Object> campaign = TestCampaigns.with("targetedCustomerIds", null);
        campaign.put("audience", Map.of("filter", Map.of("countries", List.of(mark, " " + mark), "minTotalSpent", 9.99)));
        campaign.put("channels", List.of("sms"));
        String id = TestCampaigns.create(campaign);
        count(Map.of("campaignId", id)).body("customers", equalTo(1)).body("planned.sms", equalTo(1)).body("planned.email", nullValue());
        Map<String, Object> read = TestSessions.as("marketer").get("/api/campaigns/{id}", id).then().statusCode(200)
                .body("audience.filter.countries", equalTo(List.of(mark))).body("audience.allCustomers", nullValue())
                .body("audienceSize", nullValue()).extract().path("$");
        String hash = (String) read.get("contentHash");
        Map<String, Object> again = TestSessions.as("marketer").header("If-Match", "\"1\"").body(read).put("/api/campaigns/{id}", id).then()
                .statusCode(200).extract().path("$");
        assertThat(again.get("contentHash")).isEqualTo(hash);
        again.put("audience", Map.of("filter", Map.of("countries", List.of(mark), "minTotalSpent", 10)));
        TestSessions.as("marketer").header("If-Match", "\"2\"").body(again).put("/api/campaigns/{id}", id).then().statusCode(200)
                .body("contentHash", org.hamcrest.Matchers.not(equalTo(hash)));
    }

    @Test
    void whatIsWrongIsSaid() {
        count(Map.of()).statusCode(400).body("detail", containsString("who shall be counted?"));
        count(Map.of("audience", Map.of("storedList", true))).statusCode(400).body("detail", containsString("campaignId"));
        count(Map.of("audience", Map.of("allCustomers", true), "channels", List.of("fax"))).statusCode(400)
                .body("detail", containsString("channels: must be among email, sms"));
        count(Map.of("audience", Map.of("allCustomers", true), "timeZone", "Mars/Olympus")).statusCode(400)
                .body("detail", containsString("timeZone"));
        count(Map.of("campaignId", "6b0000000000000000000000")).statusCode(404);
        count(Map.of("campaignId", "6b0000000000000000000000", "channels", List.of("sms"))).statusCode(400);
        TestSessions.as("marketer").post("/api/audiences/count").then().statusCode(400);
        TestSessions.as("operator").body(Map.of("audience", Map.of("allCustomers", true))).post("/api/audiences/count").then()
                .statusCode(403);
    }

    private static ValidatableResponse count(Map<String, Object> request) {
        return TestSessions.as("marketer").body(request).post("/api/audiences/count").then();
    }

    private void order(String id, String email, String phone, double total) {
        LedgerQuery.orders().getCollection("orders")
                .insertOne(new Document("customer_id", mark + id).append("order_date", Date.from(Instant.parse("2011-06-01T00:00:00Z")))
                        .append("email", email).append("phone", phone).append("country", mark).append("total", total)
                        .append("cancelled", false)
                        .append("order_id", UUID.randomUUID().toString()));
    }

    private static void suppress(String address) {
        TestSessions.as("operator").body(Map.of("channel", "email", "address", address)).post("/api/suppressions").then().statusCode(201);
    }
}
