package org.campaignrecovery.api.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import java.util.Map;
import java.util.UUID;

import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** What operators do with the suppression list. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class SuppressionQuarkusTest {
    private final String mark = "s" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void anAddressIsAddedInItsNormalFormOnce() {
        String written = " " + mark.toUpperCase() + "@Example.ORG ";
        add("email", written, "bounce").statusCode(201).body("id", equalTo("email:" + mark + "@example.org"))
                .body("reason", equalTo("bounce")).body("by", equalTo("operator"));
        add("email", mark + "@example.org", null).statusCode(200).body("reason", equalTo("bounce"));
        add("sms", "(202) 555-0143", null).body("address", equalTo("+12025550143"));
    }

    @Test
    void theListIsReadInPartsAndByItsBeginning() {
        for (int n = 0; n < 3; n++) {
            add("email", mark + n + "@example.org", n == 1 ? "complaint" : null).statusCode(201);
        }
        ValidatableResponse first = list("?limit=2&q=" + mark).body("items.address",
                contains(mark + "0@example.org", mark + "1@example.org"));
        list("?limit=2&q=" + mark + "&cursor=" + first.extract().path("next")).body("items.address", contains(mark + "2@example.org"))
                .body("next", nullValue());
        list("?reason=complaint&q=" + mark).body("items", hasSize(1));
        list("?channel=sms&q=" + mark).body("items", empty());
        list("?channel=email&q=" + mark).body("items", hasSize(3));
    }

    @Test
    void anAddressIsTakenOffWithATrace() {
        String id = add("email", mark + "@example.org", null).extract().path("id");
        TestSessions.as("operator").delete("/api/suppressions/{id}?note=asked by phone", id).then().statusCode(204);
        TestSessions.as("operator").delete("/api/suppressions/{id}", id).then().statusCode(404);
        TestSessions.as("operator").get("/api/suppressions/{id}", id).then().statusCode(200).body("suppression", nullValue())
                .body("history.reason", contains("operator", null)).body("history[1].note", equalTo("asked by phone"))
                .body("history.by", contains("operator", "operator"));
        add("email", mark + "@example.org", null).statusCode(201);
    }

    @Test
    void whatIsWrongIsSaid() {
        add("pigeon", "x", null).statusCode(400).body("errors.field", contains("channel"));
        add("email", "x", null).statusCode(400).body("detail", containsString("is not an e-mail address"));
        add("email", "", null).statusCode(400).body("detail", containsString("address: is missing"));
        add("sms", "12", "because").statusCode(400).body("errors.field", contains("reason", "address"));
        list("?channel=pigeon").statusCode(400);
        TestSessions.as("operator").get("/api/suppressions/email:nobody@example.org").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"marketer", "marketing-manager"})
    void nobodyElseSeesIt(String role) {
        TestSessions.as(role).get("/api/suppressions").then().statusCode(403);
        TestSessions.as(role).get("/api/suppressions.csv").then().statusCode(403);
        TestSessions.as(role).body(Map.of("channel", "email", "address", "x@y.org")).post("/api/suppressions").then().statusCode(403);
        TestSessions.as(role).contentType("text/csv").body("channel,address\n").post("/api/suppressions.csv").then().statusCode(403);
    }

    @Test
    void whatIsExportedCanBeImported() {
        add("email", mark + "@example.org", "complaint").statusCode(201);
        String csv = TestSessions.as("operator").get("/api/suppressions.csv?channel=email").then().statusCode(200)
                .contentType("text/csv").extract().asString();
        assertThat(csv.lines()).first().isEqualTo("channel,address,reason,note,since,by,runId");
        assertThat(csv).contains("email," + mark + "@example.org,complaint,");
        upload(csv).statusCode(200).body("added", equalTo(0)).body("read", equalTo((int) csv.lines().count() - 1));
    }

    @Test
    void aFileIsAddedEachAddressOnce() {
        upload("\uFEFFAddress,Channel,note\r\n" + mark + "@example.org,email,\"from the old system, 2025\"\r\n" + mark
                + "@EXAMPLE.org,email,\r\n+1 202 555 0143,sms,\r\n").statusCode(200).body("read", equalTo(2));
        list("?q=" + mark).body("items[0].note", equalTo("from the old system, 2025")).body("items[0].reason", equalTo("operator"));
    }

    /** Half a file would leave somebody to find out which half. */
    @Test
    void ofAFileWithAWrongLineNothingIsAdded() {
        upload("channel,address\nemail," + mark + "@example.org\nemail,nonsense\nfax,1\n").statusCode(400)
                .body("errors.field", contains("line 3", "line 4")).body("errors.message", hasItem("address is not an e-mail address"));
        list("?q=" + mark).body("items", empty());
        upload("email,x@example.org\n").statusCode(400).body("errors.field", contains("line 1"));
        upload("").statusCode(400);
        upload("channel,address\nemail,\"" + mark).statusCode(400);
    }

    private static ValidatableResponse add(String channel, String address, String reason) {
        Map<String, String> body = reason == null
                ? Map.of("channel", channel, "address", address)
                : Map.of("channel", channel, "address", address, "reason", reason);
        return TestSessions.as("operator").body(body).post("/api/suppressions").then();
    }

    private static ValidatableResponse list(String query) {
        return TestSessions.as("operator").get("/api/suppressions" + query).then();
    }

    private static ValidatableResponse upload(String csv) {
        return TestSessions.as("operator").contentType("text/csv; charset=utf-8").body(csv).post("/api/suppressions.csv").then();
    }
}
