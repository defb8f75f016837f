package org.campaignrecovery.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.campaign.TestCampaigns;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** Frontends repeat what they got no answer to. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class IdempotencyQuarkusTest {
    @Inject
    KeptAnswerRepository answers;

    private final String key = UUID.randomUUID().toString();
    private final Map<String, Object> campaign = TestCampaigns.valid(Instant.parse("2035-01-01T09:00:00Z"));

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
        TestSessions.as("marketer");
        campaign.put("name", "once " + key);
    }

    @Test
    void theSameRequestHasTheSameAnswer() {
        Response first = create();
        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());
        Response second = create();
        second.then().statusCode(201).header("Idempotency-Replayed", equalTo("true"))
                .header("Location", equalTo(first.header("Location"))).header("ETag", equalTo(first.header("ETag")))
                .contentType("application/json");
        assertThat(second.jsonPath().getMap("")).isEqualTo(first.jsonPath().getMap(""));
        assertThat(drafts()).isEqualTo(1);
    }

    @Test
    void anotherBodyIsRefused() {
        create().then().statusCode(201);
        campaign.put("description", "something else");
        create().then().statusCode(422).body("type", equalTo("/problems/idempotency-key-reused"));
        assertThat(drafts()).isEqualTo(1);
    }

    /** Keys are a user's own, and an operation's. */
    @Test
    void othersMayHaveTheSameKey() {
        String id = create().then().statusCode(201).extract().path("id");
        TestSessions.admin().header(IdempotencyFilter.KEY, key).body(campaign).post("/api/campaigns").then().statusCode(201)
                .header("Idempotency-Replayed", nullValue());
        TestSessions.as("marketer").header(IdempotencyFilter.KEY, key).post("/api/campaigns/{id}/submit", id).then().statusCode(200)
                .body("status", equalTo("pending_approval"));
        TestSessions.as("marketer").header(IdempotencyFilter.KEY, key).post("/api/campaigns/{id}/submit", id).then().statusCode(200)
                .header("Idempotency-Replayed", equalTo("true")).body("status", equalTo("pending_approval"));
    }

    /** What was refused changed nothing: mended, it may go with the same key. */
    @Test
    void whatWasRefusedIsNotKept() {
        Object name = campaign.remove("name");
        create().then().statusCode(400);
        create().then().statusCode(400).header("Idempotency-Replayed", nullValue());
        campaign.put("name", name);
        create().then().statusCode(201);
    }

    @Test
    void manyAtOnceAreCarriedOutOnce() {
        List<Integer> statuses = IntStream.range(0, 8).mapToObj(n -> CompletableFuture.supplyAsync(() -> create().statusCode())).toList()
                .stream().map(CompletableFuture::join).toList();
        assertThat(statuses).contains(201).allMatch(status -> status == 201 || status == 409);
        assertThat(drafts()).isEqualTo(1);
    }

    /** Its process died: after a minute the key is free again. */
    @Test
    void whatNobodyCarriesOutAnyMoreIsBegunAgain() {
        create().then().statusCode(201);
        var kept = LedgerQuery.ledger().getCollection(KeptAnswerDocument.COLLECTION);
        String id = kept.find(Filters.regex("body", key)).first().getString("_id");
        kept.updateOne(Filters.eq("_id", id), Updates.combine(Updates.unset("status"), Updates.set("at", new Date())));
        create().then().statusCode(409).body("detail", containsString("ask again"));
        kept.updateOne(Filters.eq("_id", id), Updates.set("at", new Date(System.currentTimeMillis() - 120_000)));
        create().then().statusCode(201).header("Idempotency-Replayed", nullValue());
    }

    @Test
    void afterADayItIsForgotten() {
        create().then().statusCode(201);
        var kept = LedgerQuery.ledger().getCollection(KeptAnswerDocument.COLLECTION);
        String id = kept.find(Filters.regex("body", key)).first().getString("_id");
        answers.forgetOld().await().indefinitely();
        assertThat(kept.countDocuments(Filters.eq("_id", id))).isEqualTo(1);
        kept.updateOne(Filters.eq("_id", id), Updates.set("at", Date.from(Instant.now().minus(Duration.ofHours(25)))));
        answers.forgetOld().await().indefinitely();
        assertThat(kept.countDocuments(Filters.eq("_id", id))).isZero();
    }

    @Test
    void aKeyIsVisible() {
        TestSessions.as("marketer").header(IdempotencyFilter.KEY, "a key").body(campaign).post("/api/campaigns").then().statusCode(400);
        TestSessions.as("marketer").header(IdempotencyFilter.KEY, "x".repeat(256)).body(campaign).post("/api/campaigns").then()
                .statusCode(400);
        TestSessions.anonymous().header(IdempotencyFilter.KEY, key).body(campaign).post("/api/campaigns").then().statusCode(401);
    }

    private Response create() {
        return TestSessions.as("marketer").header(IdempotencyFilter.KEY, key).body(campaign).post("/api/campaigns");
    }

    private long drafts() {
        return LedgerQuery.all("campaigns", Filters.eq("name", "once " + key)).stream().map(Document.class::cast).count();
    }
}
