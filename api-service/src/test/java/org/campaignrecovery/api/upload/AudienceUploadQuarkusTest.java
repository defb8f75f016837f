package org.campaignrecovery.api.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.campaign.TestCampaigns;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** A campaign's customers as a file. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class AudienceUploadQuarkusTest {

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    /** A draft waits for its list; the list is the one of a request in JSON with the same ids. */
    @Test
    void aDraftGetsItsCustomersFromAFile() {
        String id = draft();
        TestSessions.as("marketer").post("/api/campaigns/{id}/submit", id).then().statusCode(400)
                .body("detail", containsString("audience.csv"));
        List<String> ids = IntStream.range(0, 12_000).mapToObj(i -> "c" + i).toList();
        upload(id, "\"1\"", csv(ids)).statusCode(200).body("audienceSize", equalTo(12_000)).body("rev", equalTo(2))
                .body("audience.storedList", equalTo(true)).body("targetedCustomerIds", nullValue());
        String segment = segment(id);
        List<Document> parts = LedgerQuery.ledger().getCollection("segments").find(Filters.eq("segment", segment))
                .sort(Sorts.ascending("n")).into(new ArrayList<>());
        assertThat(parts).hasSize(3);
        assertThat(parts.stream().flatMap(part -> part.getList("ids", String.class).stream()).toList()).isEqualTo(ids.stream().sorted()
                .toList());
        String other = TestCampaigns.create(TestCampaigns.with("targetedCustomerIds", ids));
        assertThat(segment(other)).isEqualTo(segment);
        TestSessions.as("marketer").post("/api/campaigns/{id}/submit", id).then().statusCode(200);
        upload(id, null, csv(ids)).statusCode(409).body("detail", containsString("only one that is draft or rejected"));
    }

    /** Whoever edits the text sends back what they have read. */
    @Test
    void theListStaysWhenTheRestIsEdited() {
        String id = draft();
        upload(id, "\"1\"", "customer_id\n7\n8\n7\n").statusCode(200).body("audienceSize", equalTo(2));
        Map<String, Object> read = TestSessions.as("marketer").get("/api/campaigns/{id}", id).then().statusCode(200)
                .body("targetedCustomerIds", equalTo(List.of("7", "8"))).extract().path("$");
        read.put("name", "Another name");
        TestSessions.as("marketer").header("If-Match", "\"2\"").body(read).put("/api/campaigns/{id}", id).then().statusCode(200);
        read.remove("targetedCustomerIds");
        read.put("audience", Map.of("storedList", true));
        TestSessions.as("marketer").header("If-Match", "\"3\"").body(read).put("/api/campaigns/{id}", id).then().statusCode(200)
                .body("audienceSize", equalTo(2));
        read.put("audience", Map.of("allCustomers", true));
        TestSessions.as("marketer").header("If-Match", "\"4\"").body(read).put("/api/campaigns/{id}", id).then().statusCode(200);
        read.put("audience", Map.of("storedList", true));
        TestSessions.as("marketer").header("If-Match", "\"5\"").body(read).put("/api/campaigns/{id}", id).then().statusCode(200)
                .body("audienceSize", equalTo(0));
    }

    @Test
    void whatIsWrongIsSaidAndTheCampaignKeepsItsAudience() throws IOException {
        String id = draft();
        upload(id, "\"1\"", "customer_id\n1\n").statusCode(200);
        upload(id, "\"1\"", "customer_id\n2\n").statusCode(412);
        upload(id, "\"2\"", "2\n3\n").statusCode(400).body("errors[0].field", equalTo("line 1"));
        upload(id, "\"2\"", "customer_id\n2\n\"\"\n").statusCode(400).body("detail", containsString("line 3: has no customer_id"));
        upload(id, "\"2\"", "").statusCode(400);
        upload("6b0000000000000000000000", "\"1\"", csv(List.of("1"))).statusCode(404);
        TestSessions.as("marketer").contentType("application/json").body("{}").put("/api/campaigns/{id}/audience.csv", id).then()
                .statusCode(415);
        TestSessions.as("operator").contentType("text/csv").body("customer_id\n2\n").put("/api/campaigns/{id}/audience.csv", id).then()
                .statusCode(403);
        TestSessions.as("marketer").get("/api/campaigns/{id}", id).then().body("targetedCustomerIds", equalTo(List.of("1")))
                .body("rev", equalTo(2));
        try (var left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("audience-"))).as("files left behind").isEmpty();
        }
    }

    /** Larger than what other requests may have, and refused before it was read: its sender gets the answer all the same. */
    @Test
    void aLongListThatIsNotWantedDoesNotHang() {
        String list = csv(IntStream.range(0, 1_500_000).mapToObj(i -> "c" + i).toList());
        assertThat(list.length()).isGreaterThan(8_000_000);
        upload("6b0000000000000000000000", "\"1\"", list).statusCode(404);
        TestSessions.as("operator").contentType("text/csv").body(list).put("/api/campaigns/{id}/audience.csv", draft()).then()
                .statusCode(403);
        TestSessions.as("marketer").contentType("text/csv").body(list).post("/api/campaigns").then().statusCode(413)
                .body("detail", containsString("audience.csv"));
    }

    private static String draft() {
        Map<String, Object> campaign = TestCampaigns.with("targetedCustomerIds", null);
        campaign.put("audience", Map.of("storedList", true));
        String id = TestCampaigns.create(campaign);
        TestSessions.as("marketer").get("/api/campaigns/{id}", id).then().body("audience.storedList", equalTo(true))
                .body("audienceSize", equalTo(0));
        return id;
    }

    private static String segment(String id) {
        return LedgerQuery.all("campaigns", Filters.eq("_id", id)).get(0).get("audience", Document.class).getString("segment");
    }

    private static String csv(List<String> ids) {
        return ids.stream().collect(Collectors.joining("\n", "customer_id\n", "\n"));
    }

    private static ValidatableResponse upload(String id, String ifMatch, String csv) {
        var request = TestSessions.as("marketer").contentType("text/csv").body(csv);
        return (ifMatch == null ? request : request.header("If-Match", ifMatch)).put("/api/campaigns/{id}/audience.csv", id).then();
    }
}
