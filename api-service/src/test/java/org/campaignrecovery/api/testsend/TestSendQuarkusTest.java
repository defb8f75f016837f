package org.campaignrecovery.api.testsend;

import static com.mongodb.client.model.Filters.eq;
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
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.campaign.TestCampaigns;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.mongodb.client.model.Updates;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** What an author asks for, and what a worker finds in the ledger; the worker is this test. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class TestSendQuarkusTest {
    private final String me = "m" + UUID.randomUUID().toString().substring(0, 8) + "@shop.example";
    private final Instant start = Instant.parse("2035-01-01T09:00:00Z");

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void aWorkersWordIsTheAnswer() {
        String campaign = TestCampaigns.create(TestCampaigns.valid(start));
        CompletableFuture<Void> worker = CompletableFuture.runAsync(() -> {
            Awaitility.await().until(() -> !requested().isEmpty());
            LedgerQuery.ledger().getCollection("test_sends").updateOne(eq("address", me),
                    Updates.combine(Updates.set("state", "failed"), Updates.set("reason", "550 no such user"),
                            Updates.set("endedAt", new Date())));
        });
        String id = send("marketer", campaign, Map.of("email", me.toUpperCase())).statusCode(200).body("state", equalTo("failed"))
                .body("reason", equalTo("550 no such user")).body("to", equalTo(me)).body("requestedBy", equalTo("marketer"))
                .body("channel", equalTo("email")).body("campaignId", equalTo(campaign)).extract().path("id");
        worker.join();
        TestSessions.as("marketing-manager").get("/api/test-sends/{id}", id).then().statusCode(200).body("state", equalTo("failed"));
    }

    /** Without a customer each field shows its name; the part that the author did not write is there, as in the campaign itself. */
    @Test
    void withoutAWorkerItWaitsWithAllThatOneNeeds() {
        String campaign = TestCampaigns.create(TestCampaigns.valid(start));
        String id = send("marketer", campaign, Map.of("email", me)).statusCode(202).body("state", equalTo("requested"))
                .body("endedAt", nullValue()).extract().path("id");
        TestSessions.as("marketer").get("/api/test-sends/{id}", id).then().statusCode(200).body("state", equalTo("requested"));
        Document asked = requested().get(0);
        assertThat(asked.get("data", Document.class)).isEqualTo(new Document("name", "[name]"));
        assertThat(asked.get("email", Document.class).getString("text")).contains("Dear {{name}}");
        assertThat(asked.get("sms")).isNull();
    }

    @Test
    void itShowsTheDataOfACustomer() {
        int customer = 4_000_000 + (int) (Math.random() * 1_000_000);
        LedgerQuery.orders().getCollection("orders").insertOne(new Document("order_id", UUID.randomUUID().toString())
                .append("customer_id", customer).append("order_date", new Date()).append("name", "Ada").append("email", "ada@example.org"));
        String campaign = TestCampaigns.create(TestCampaigns.valid(start));
        send("marketer", campaign, Map.of("email", me, "customerId", customer)).statusCode(202);
        assertThat(requested().get(0).get("data", Document.class)).isEqualTo(new Document("name", "Ada"));
        send("marketer", campaign, Map.of("email", me, "customerId", "nobody-" + me)).statusCode(404).body("detail",
                containsString("GET /api/customers"));
    }

    @Test
    void whatCannotBeSentIsRefusedAndNotKept() {
        String campaign = TestCampaigns.create(TestCampaigns.valid(start));
        for (Map<String, String> nobody : List.<Map<String, String>>of(Map.of(), Map.of("email", me, "phone", "+12025550100"))) {
            send("marketer", campaign, nobody).statusCode(400).body("detail", containsString("either email or phone"));
        }
        send("marketer", campaign, Map.of("email", "nobody")).statusCode(400).body("detail", containsString("no e-mail address"));
        send("marketer", campaign, Map.of("phone", "12")).statusCode(400).body("detail", containsString("country code"));
        Map<String, Object> sms = new HashMap<>(TestCampaigns.valid(start));
        sms.put("channels", List.of("sms"));
        sms.remove("email");
        send("marketer", TestCampaigns.create(sms), Map.of("email", me)).statusCode(400).body("detail", containsString("sends no e-mail"));
        send("marketer", "6b0000000000000000000000", Map.of("email", me)).statusCode(404);
        send("operator", campaign, Map.of("email", me)).statusCode(403);
        TestSessions.as("marketer").get("/api/test-sends/nothing").then().statusCode(404);
        assertThat(requested()).isEmpty();
    }

    @Test
    void nobodyWhoHasLeftGetsATest() {
        TestSessions.as("operator").body(Map.of("channel", "email", "address", me)).post("/api/suppressions").then().statusCode(201);
        send("admin", TestCampaigns.create(TestCampaigns.valid(start)), Map.of("email", me)).statusCode(409).body("detail",
                containsString("suppression list"));
        assertThat(requested()).isEmpty();
    }

    @Test
    void nothingIsTestedWhileSendingIsStopped() {
        String campaign = TestCampaigns.create(TestCampaigns.valid(start));
        TestSessions.as("operator").body(Map.of("reason", "test")).post("/api/sending/stop").then().statusCode(200);
        try {
            send("marketer", campaign, Map.of("email", me)).statusCode(409).body("detail", containsString("stopped sending"));
        } finally {
            TestSessions.as("operator").post("/api/sending/start").then().statusCode(200);
        }
        assertThat(requested()).isEmpty();
    }

    /** Nobody approves tests: they must not become a way to write to many. */
    @Test
    void anHourHasAnEnd() {
        String campaign = TestCampaigns.create(TestCampaigns.valid(start));
        LedgerQuery.ledger().getCollection("test_sends").insertMany(IntStream.range(0, 60)
                .mapToObj(i -> new Document("_id", UUID.randomUUID().toString()).append("requestedBy", "marketing-manager")
                        .append("state", "sent")
                        .append("requestedAt", Date.from(Instant.now().minusSeconds(3_500))))
                .toList());
        send("marketing-manager", campaign, Map.of("email", me)).statusCode(429).header("Retry-After", "3600").body("detail",
                containsString("60 test messages"));
        send("marketer", campaign, Map.of("email", me)).statusCode(202);
    }

    private List<Document> requested() {
        return LedgerQuery.all("test_sends", eq("address", me));
    }

    private static ValidatableResponse send(String user, String campaign, Map<String, ?> body) {
        return TestSessions.as(user).body(body).post("/api/campaigns/{id}/test-send", campaign).then();
    }
}
