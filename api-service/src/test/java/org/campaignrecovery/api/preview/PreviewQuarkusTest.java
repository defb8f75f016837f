package org.campaignrecovery.api.preview;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.time.Instant;
import java.util.Date;
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

/** What marketers see before they send. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class PreviewQuarkusTest {
    private final String mark = "p" + UUID.randomUUID().toString().substring(0, 8);
    private final int number = 2_000_000 + (int) (Math.random() * 1_000_000);

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    /** The newest value of each field counts, whatever the order of the orders. */
    @Test
    void showsTheMessagesOfOneCustomer() {
        order(number, "2011-06-01T00:00:00Z", "Ada " + mark, mark + "@Example.org", "+44 20 7946 0958", "city", "London");
        order(number, "2011-01-01T00:00:00Z", "old", "old@example.org", "old", "city", "Paris");
        String campaign = TestCampaigns.create(with("Hello {{name}}", "<p>See you in {{city}} & away</p>", "{{name}}: €5 in {{city}}"));
        preview(campaign, number).statusCode(200).body("customerId", equalTo(String.valueOf(number)))
                .body("email.to", equalTo(mark + "@example.org")).body("email.skipped", nullValue())
                .body("email.subject", equalTo("Hello Ada " + mark)).body("email.html", containsString("See you in London"))
                .body("email.text", containsString("See you in London")).body("email.html", containsString("/unsubscribe/preview"))
                .body("sms.to", equalTo("+442079460958")).body("sms.body", equalTo("Ada " + mark + ": €5 in London"))
                .body("sms.encoding", equalTo("GSM-7")).body("sms.segments", equalTo(1)).body("missing", empty());
        preview(campaign, String.valueOf(number)).statusCode(200).body("sms.units",
                equalTo(("Ada " + mark + ": €5 in London").length() + 1));
    }

    @Test
    void saysWhyNothingWouldBeSent() {
        order(number, "2011-06-01T00:00:00Z", null, "no address", null, "city", "");
        order(number + 1, "2011-06-01T00:00:00Z", "Eve", mark + "@example.org", "", "city", "Rome");
        TestSessions.as("operator").body(Map.of("channel", "email", "address", mark + "@example.org")).post("/api/suppressions").then()
                .statusCode(201);
        String campaign = TestCampaigns.create(with("Hello {{name}}", "<p>{{city}}</p>", "Привет"));
        preview(campaign, number).body("email.skipped", equalTo("invalidAddress")).body("email.to", nullValue())
                .body("sms.skipped", equalTo("noAddress")).body("missing", containsInAnyOrder("name", "city"))
                .body("sms.encoding", equalTo("UCS-2"));
        preview(campaign, number + 1).body("email.skipped", equalTo("suppressed")).body("email.to", equalTo(mark + "@example.org"));
    }

    @Test
    void showsOnlyTheChannelsOfTheCampaign() {
        order(number, "2011-06-01T00:00:00Z", "Ada", mark + "@example.org", null, "city", "London");
        Map<String, Object> campaign = with("Hello", "<p>Hello</p>", "Hello");
        campaign.put("channels", List.of("sms"));
        campaign.remove("email");
        preview(TestCampaigns.create(campaign), number).body("email", nullValue()).body("sms.body", equalTo("Hello"));
    }

    @Test
    void whatIsWrongIsSaid() {
        String campaign = TestCampaigns.create(with("Hello", "<p>Hello</p>", "Hello"));
        preview(campaign, "nobody-" + mark).statusCode(404).body("detail", containsString("GET /api/customers"));
        TestSessions.as("marketer").body("{}").post("/api/campaigns/{id}/preview", campaign).then().statusCode(400);
        TestSessions.as("marketer").post("/api/campaigns/{id}/preview", campaign).then().statusCode(400);
        TestSessions.as("operator").body(Map.of("customerId", 1)).post("/api/campaigns/{id}/preview", campaign).then().statusCode(403);
        preview("6b0000000000000000000000", number).statusCode(404).body("detail", containsString("no campaign"));
    }

    @Test
    void customersAreFoundByWhatPeopleKnowOfThem() {
        order(number, "2011-06-01T00:00:00Z", "Ada " + mark, mark + ".one@example.org", null, "city", "");
        order(number, "2011-07-01T00:00:00Z", "Ada " + mark, mark + ".one@example.org", null, "city", "");
        order(number + 1, "2011-06-01T00:00:00Z", "Eve", mark + ".two@example.org", "+1", "city", "");
        find(mark.toUpperCase()).body("items.id", containsInAnyOrder(String.valueOf(number), String.valueOf(number + 1)));
        find(mark + ".two").body("items", hasSize(1)).body("items[0].name", equalTo("Eve")).body("items[0].phone", equalTo("+1"));
        find(String.valueOf(number)).body("items.name", contains("Ada " + mark));
        find(mark + ".*").body("items", empty());
        TestSessions.as("marketer").get("/api/customers?q=a").then().statusCode(400);
        TestSessions.as("marketer").get("/api/customers").then().statusCode(400);
        TestSessions.as("operator").get("/api/customers?q=" + mark).then().statusCode(403).body(not(containsString(mark)));
    }

    private static Map<String, Object> with(String subject, String html, String sms) {
        Map<String, Object> campaign = TestCampaigns.valid(Instant.parse("2035-01-01T09:00:00Z"));
        campaign.put("email", Map.of("subject", subject, "html", html));
        campaign.put("sms", Map.of("body", sms));
        return campaign;
    }

    private static ValidatableResponse preview(String campaign, Object customer) {
        return TestSessions.as("marketer").body(Map.of("customerId", customer)).post("/api/campaigns/{id}/preview", campaign).then();
    }

    private static ValidatableResponse find(String text) {
        return TestSessions.as("marketer").queryParam("q", text).get("/api/customers").then().statusCode(200);
    }

    private void order(int customer, String date, String name, String email, String phone, String field, String value) {
        LedgerQuery.orders().getCollection("orders").insertOne(new Document("order_id", UUID.randomUUID().toString())
                .append("customer_id", customer).append("order_date", Date.from(Instant.parse(date))).append("name", name)
                .append("email", email).append("phone", phone).append(field, value));
    }
}
