package org.campaignrecovery.api.erasure;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.regex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.inject.Inject;

import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** Erasures as the ledger sees them; no worker is there, so that every state stays as the test says. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class ErasureQuarkusTest {
    private static final AtomicLong CUSTOMERS = new AtomicLong(7_000_000);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @Inject
    ErasureSweep sweep;

    private final long number = CUSTOMERS.getAndAdd(10);
    private final String ada = String.valueOf(number);
    private final String bob = String.valueOf(number + 1);

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void everythingOfOneCustomerIsAnonymisedAndNothingOfOthers() {
        TestPlannedRuns run = TestPlannedRuns.insert("sending", null).page(null, number - 1, "ready", "1 pending")
                .page(number - 1, number + 5, "ready", ada + " pending", bob + " pending").page(number + 5, number + 9, "done", "9 sent");
        TestPlannedRuns before = TestPlannedRuns.insert("completed", null).page(null, number, "done", ada + " failed", bob + " failed");
        test(run.address(ada), "requested");
        long untouched = run.batchDocument(1).getLong("dirty");

        erase(ada).statusCode(200).body("finished", equalTo(true)).body("by", equalTo("operator")).body("inOrders", equalTo(false))
                .body("anonymised.deliveries", equalTo(2)).body("anonymised.cancelled", equalTo(1))
                .body("anonymised.testMessages", equalTo(1)).body("left.sending", equalTo(0));

        assertThat(run.deliveryOf(ada)).containsEntry("state", "cancelled").containsEntry("reason", "its customer was erased");
        assertThat(before.deliveryOf(ada)).containsEntry("state", "failed").doesNotContainKey("reason");
        for (TestPlannedRuns one : List.of(run, before)) {
            assertThat(one.deliveryOf(ada)).containsKey("anonymised").doesNotContainKeys("address", "customer", "data");
            assertThat(one.evidenceOf(ada)).containsEntry("detail", "anonymised").containsEntry("verdict", "failed");
            assertThat(one.deliveryOf(bob)).containsKeys("address", "customer", "data").doesNotContainKey("anonymised");
            assertThat(one.evidenceOf(bob)).containsEntry("detail", TestPlannedRuns.RESULT);
        }
        assertThat(run.deliveryOf(bob)).containsEntry("state", "pending");
        assertThat(run.batchDocument(1).getLong("dirty")).as("before and after").isEqualTo(untouched + 2);
        assertThat(run.batchDocument(1).getLong("announced")).isZero();
        assertThat(run.batchDocument(1).getList("members", String.class)).as("it stays a member").contains(run.delivery(ada));
        assertThat(before.pageDocument(0)).as("it ended with this customer").doesNotContainKey("to");
        assertThat(LedgerQuery.all("test_sends", eq("_id", run.address(ada)))).first()
                .satisfies(test -> assertThat(test).containsEntry("state", "failed").doesNotContainKeys("address", "data"));

        erase(ada).statusCode(200).body("anonymised.deliveries", equalTo(0));
        TestSessions.as("marketer").get("/api/deliveries/{id}", run.delivery(ada)).then().statusCode(200)
                .body("state", equalTo("cancelled"))
                .body("address", equalTo(null)).body("anonymised", org.hamcrest.Matchers.notNullValue());
        assertThat(TestSessions.as("marketer").get("/api/runs/{id}/deliveries.csv", before.run).asString()).contains(before.delivery(ada))
                .doesNotContain(before.address(ada)).contains(before.address(bob));
    }

    @Test
    void whoDidItIsKeptAndWhoItWasIsNot() {
        Date begun = new Date();
        erase(ada).statusCode(200);
        assertThat(LedgerQuery.all("audit", eq("why", "a customer was erased"))).filteredOn(entry -> !entry.getDate("at").before(begun))
                .anySatisfy(entry -> assertThat(entry).containsEntry("who", "operator").doesNotContainValue(ada));
        assertThat(LedgerQuery.all("erasures", eq("customer", ada))).isEmpty();
        assertThat(LedgerQuery.all("erasures", regex("_id", ada))).isEmpty();
        assertThat(LedgerQuery.all("audit", regex("why", ada))).isEmpty();
    }

    /** A token waits for its outcome; then the apis go on by themselves. */
    @Test
    void whatIsBeingSentIsErasedWhenThatHasEnded() {
        TestPlannedRuns run = TestPlannedRuns.insert("sending", null).page(null, number + 5, "leased", ada + " sending", bob + " sending");
        erase(ada).statusCode(202).body("finished", equalTo(false)).body("left.sending", equalTo(1));
        assertThat(run.deliveryOf(ada)).containsEntry("state", "sending").containsEntry("address", run.address(ada));

        TestPlannedRuns.set("deliveries", run.delivery(ada), "state", "sent");
        sweep();
        assertThat(run.deliveryOf(ada)).containsEntry("state", "sent").doesNotContainKeys("address", "customer", "data");
        assertThat(LedgerQuery.all("erasures", eq("customer", ada))).isEmpty();
        assertThat(run.deliveryOf(bob)).containsKey("address");
    }

    /** The row keeps its place: whoever plans the page, with the rows of before or with these, plans the same deliveries. */
    @Test
    void aPageThatIsFrozenKeepsThePlaceAndNotThePerson() {
        TestPlannedRuns run = TestPlannedRuns.insert("planning", null).frozen(null, number, List.of(bob, ada), ada, bob);
        erase(ada).statusCode(202).body("anonymised.rows", equalTo(1)).body("anonymised.cancelled", equalTo(1))
                .body("left.positions", equalTo(1));
        List<Document> rows = run.pageDocument(0).getList("rows", Document.class);
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).containsEntry("customer", bob);
        assertThat(rows.get(1).get("erased", Document.class)).containsEntry("email", run.delivery(ada));
        assertThat(rows.get(1).toJson()).doesNotContain(ada).doesNotContain("Ada");
        assertThat(run.deliveryOf(ada)).containsEntry("state", "cancelled").doesNotContainKey("address");
        assertThat(((Number) run.pageDocument(0).get("to")).longValue()).as("where the planner goes on").isEqualTo(number);

        TestPlannedRuns.set("runs", run.run, "state", "sending");
        sweep();
        assertThat(run.pageDocument(0)).doesNotContainKey("to");
    }

    @Test
    void aPlaceInAListIsGivenToNobody() {
        String segment = "list-" + ada;
        TestPlannedRuns.into("segments", new Document("_id", segment + ":0").append("segment", segment).append("n", 0).append("ids",
                List.of("a", ada, "z")));
        Document audience = new Document("allCustomers", false).append("segment", segment).append("size", 3L);
        TestPlannedRuns run = TestPlannedRuns.insert("sending", audience).page(null, 1L, "done", "a sent")
                .page(1L, 3L, "ready", ada + " pending", "z pending");
        erase(ada).statusCode(200).body("anonymised.deliveries", equalTo(1)).body("anonymised.lists", equalTo(1));
        assertThat(run.deliveryOf(ada)).containsEntry("state", "cancelled");
        assertThat(run.deliveryOf("z")).containsEntry("state", "pending");
        assertThat(TestPlannedRuns.one("segments", segment + ":0").getList("ids", String.class)).containsExactly("a",
                "erased:" + segment + ":0:1", "z");
        assertThat(((Number) run.pageDocument(1).get("to")).longValue()).as("a number of ids, nobody's").isEqualTo(3);
    }

    /** What another system has sent lies in pages without a position. */
    @Test
    void whatWasTakenOverIsFoundWithoutAPosition() {
        TestPlannedRuns run = TestPlannedRuns.insert("completed", new Document("allCustomers", false).append("segment", "gone")
                .append("size", 0L)).page(null, null, "done", ada + " sent", bob + " in_doubt");
        erase(ada).statusCode(200).body("anonymised.deliveries", equalTo(1));
        assertThat(run.deliveryOf(ada)).containsEntry("state", "sent").doesNotContainKey("address");
    }

    /** Whoever has opted out must not be written to again, should they ever be in the orders again. */
    @Test
    void whoHasOptedOutStaysOnTheList() {
        TestPlannedRuns run = TestPlannedRuns.insert("completed", null).page(null, number, "done", ada + " suppressed");
        TestSessions.as("operator").body(Map.of("channel", "email", "address", run.address(ada))).post("/api/suppressions").then()
                .statusCode(201);
        erase(ada).statusCode(200);
        assertThat(run.deliveryOf(ada)).containsEntry("state", "suppressed").doesNotContainKey("address");
        TestSessions.as("operator").get("/api/suppressions/{id}", "email:" + run.address(ada)).then().statusCode(200);
    }

    @Test
    void noOrderSendsToNobody() {
        TestPlannedRuns run = TestPlannedRuns.insert("completed", null).page(null, number + 5, "done", ada + " failed", bob + " in_doubt");
        TestPlannedRuns.into("pages", new Document("_id", run.run + ":9").append("run", run.run).append("n", 9).append("state", "end")
                .append("batchCount", 1L).append("batches", List.of()));
        erase(ada).statusCode(200);
        erase(bob).statusCode(200);
        TestSessions.as("operator").body(Map.of("states", List.of("failed"))).post("/api/runs/{id}/retry", run.run).then().statusCode(200)
                .body("messages", equalTo(0));
        TestSessions.as("operator").body(Map.of("decision", "resend", "all", true)).post("/api/runs/{id}/resolve", run.run).then()
                .statusCode(200).body("messages", equalTo(0));
        TestSessions.as("operator").body(Map.of("decision", "sent", "all", true)).post("/api/runs/{id}/resolve", run.run).then()
                .statusCode(200).body("messages", equalTo(1));
        assertThat(run.deliveryOf(bob)).containsEntry("state", "sent").doesNotContainKey("address");
    }

    @Test
    void itSaysWhenTheOrdersStillHaveTheCustomer() {
        LedgerQuery.orders().getCollection(LedgerQuery.setting("campaign.orders.collection"))
                .insertOne(new Document("customer_id", number).append("order_id", 1).append("email", "ada@x.org"));
        erase(ada).statusCode(200).body("inOrders", equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%20", "%09"})
    void whatIsNoCustomersIdIsRefused(String id) {
        TestSessions.as("operator").urlEncodingEnabled(false).delete("/api/customers/" + id).then().statusCode(400);
        TestSessions.as("operator").delete("/api/customers/{id}", "9".repeat(300)).then().statusCode(400);
    }

    /** As it comes by itself after a while. */
    private void sweep() {
        sweep.pass(Instant.now().plusSeconds(60)).await().atMost(LONGEST);
    }

    private static void test(String address, String state) {
        TestPlannedRuns.into("test_sends", new Document("_id", address).append("channel", "email").append("address", address)
                .append("data", new Document("name", "Ada")).append("state", state).append("requestedBy", "nobody")
                .append("requestedAt", Date.from(Instant.parse("2026-11-23T10:00:00Z"))));
    }

    private static ValidatableResponse erase(String customer) {
        return TestSessions.as("operator").delete("/api/customers/{id}", customer).then();
    }
}
