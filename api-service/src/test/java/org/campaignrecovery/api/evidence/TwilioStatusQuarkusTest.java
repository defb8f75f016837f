package org.campaignrecovery.api.evidence;

import static com.mongodb.client.model.Filters.gt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.campaignrecovery.local.twilio.TwilioSignature;
import org.campaignrecovery.model.evidence.StatusCallback;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;

/** What Twilio tells about messages, and what it proves. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class TwilioStatusQuarkusTest {
    private static final String TOKEN = "token";

    private final String sid = "SM" + UUID.randomUUID().toString().replace("-", "");

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void whatIsInDoubtIsSentOnceItsProviderSpeaksOfIt() {
        double before = resolved();
        TestDoubt doubt = TestDoubt.inState("in_doubt").with("reason", "no answer");
        tell(doubt, TestDoubt.CLAIM, sid, "queued").statusCode(204);
        assertThat(doubt.deliveryDocument()).containsEntry("state", "sent").containsEntry("providerId", sid).doesNotContainKey("reason");
        assertThat(doubt.batchDocument().getLong("dirty")).as("counted again, before and after").isEqualTo(2);
        assertThat(doubt.batchDocument().get("announced", Number.class).longValue()).as("nothing is left announced").isZero();
        assertThat(doubt.evidence()).containsExactly("twilio:" + sid);
        assertThat(resolved() - before).isEqualTo(1);

        tell(doubt, TestDoubt.CLAIM, sid, "sent").statusCode(204);
        tell(doubt, TestDoubt.CLAIM, sid, "delivered").statusCode(204);
        tell(doubt, TestDoubt.CLAIM, sid, "delivered").statusCode(204);
        assertThat(doubt.evidence()).as("what says nothing new leaves nothing").containsExactly("twilio:" + sid,
                "twilio:" + sid + ":delivered");
        assertThat(doubt.batchDocument().getLong("dirty")).isEqualTo(2);
        assertThat(resolved() - before).isEqualTo(1);
    }

    /** Its worker still waits for the answer, or was killed: nobody closes a batch over it. */
    @Test
    void whatIsBeingSentIsSent() {
        TestDoubt sending = TestDoubt.inState("sending");
        tell(sending, TestDoubt.CLAIM, sid, "sent").statusCode(204);
        assertThat(sending.deliveryDocument()).containsEntry("state", "sent").containsEntry("providerId", sid);
        assertThat(sending.batchDocument().getLong("dirty")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"pending,sent", "retry_wait,sent", "cancelled,sent", "failed,failed", "suppressed,suppressed"})
    void lateButTrue(String state, String after) {
        TestDoubt late = TestDoubt.inState(state);
        tell(late, TestDoubt.CLAIM, sid, "sent").statusCode(204);
        assertThat(late.deliveryDocument()).containsEntry("state", after);
        assertThat(late.evidence()).containsExactly("twilio:" + sid);
    }

    @Test
    void whatTwilioCouldNotDeliverIsShownAndStaysSent() {
        TestDoubt doubt = TestDoubt.inState("in_doubt");
        tell(doubt, TestDoubt.CLAIM, sid, "undelivered", "ErrorCode", "30003").statusCode(204);
        assertThat(doubt.deliveryDocument()).containsEntry("state", "sent");
        TestSessions.as("operator").get("/api/deliveries/{id}", doubt.delivery).then().statusCode(200)
                .body("evidence.verdict", hasItem("undelivered")).body("evidence.detail", hasItem(containsString("error 30003")));
    }

    /** The first attempt was accepted after all, and there was a second one. */
    @Test
    void aProofAboutAnEarlierAttemptIsReportedAsPossiblyTwice() {
        TestDoubt sentAgain = TestDoubt.inState("in_doubt").with("claim", "boot:2").with("resent", true);
        tell(sentAgain, TestDoubt.CLAIM, sid, "sent").statusCode(204);
        tell(sentAgain, TestDoubt.CLAIM, sid, "delivered").statusCode(204);
        assertThat(sentAgain.deliveryDocument()).containsEntry("state", "in_doubt").containsEntry("possiblyTwice", true);
        TestSessions.as("operator").get("/api/deliveries/{id}", sentAgain.delivery).then().body("possiblyTwice", equalTo(true))
                .body("evidence.id", hasItem("twilio:" + sid));
        TestSessions.as("operator").get("/api/runs/{id}", sentAgain.run).then().statusCode(200).body("possiblyTwice.sms", equalTo(1));
        TestSessions.as("operator").get("/api/runs/{id}/deliveries?possiblyTwice=true", sentAgain.run).then().statusCode(200)
                .body("items.id", contains(sentAgain.delivery));
        TestSessions.as("operator").get("/api/runs/{id}/timeline", sentAgain.run).then().body("items.what", hasItem("possibly_twice"));

        TestDoubt once = TestDoubt.inState("sent");
        TestSessions.as("operator").get("/api/runs/{id}/deliveries?possiblyTwice=true", once.run).then().body("items", empty());
        TestSessions.as("operator").get("/api/runs/{id}/deliveries?possiblyTwice=perhaps", once.run).then().statusCode(400);
        TestSessions.as("operator").get("/api/runs/{id}", once.run).then().body("possiblyTwice.sms", equalTo(0));
    }

    /** Of what others have left in the ledger, too. */
    @Test
    void theDoubtInTheLedgerIsAMetric() {
        await().atMost(Duration.ofSeconds(40)).until(() -> metric("campaign_doubt{", "channel=\"sms\"") >= 0);
        TestDoubt.inState("in_doubt");
        TestDoubt.inState("in_doubt");
        double ledger = LedgerQuery.all("batches", gt("counts.in_doubt", 0)).stream()
                .mapToLong(batch -> batch.get("counts", Document.class).get("in_doubt", Number.class).longValue()).sum();
        await().atMost(Duration.ofSeconds(40)).until(() -> metric("campaign_doubt{", "channel=\"") == ledger);
    }

    @Test
    void oneNameOfAMessageIsEvidenceForOneDelivery() {
        TestDoubt first = TestDoubt.inState("in_doubt");
        TestDoubt second = TestDoubt.inState("in_doubt");
        tell(first, TestDoubt.CLAIM, sid, "sent").statusCode(204);
        tell(second, TestDoubt.CLAIM, sid, "delivered").statusCode(204);
        assertThat(second.deliveryDocument()).containsEntry("state", "in_doubt");
        assertThat(second.evidence()).isEmpty();
    }

    /** The api died between the two writes: the provider's next word does the rest. */
    @Test
    void evidenceThatWasWrittenAndNotAppliedIsAppliedByTheNext() {
        TestDoubt doubt = TestDoubt.inState("in_doubt");
        LedgerQuery.ledger().getCollection("evidence").insertOne(new Document("_id", "twilio:" + sid)
                .append("delivery", doubt.delivery).append("claim", TestDoubt.CLAIM).append("verdict", "sent"));
        tell(doubt, TestDoubt.CLAIM, sid, "delivered").statusCode(204);
        assertThat(doubt.deliveryDocument()).containsEntry("state", "sent");
    }

    @Test
    void whatTwilioDidNotSignIsRefused() {
        TestDoubt doubt = TestDoubt.inState("in_doubt");
        Map<String, String> form = form("sent", sid);
        String url = StatusCallback.url(EmbeddedLedger.PUBLIC_URL, doubt.delivery, TestDoubt.CLAIM);
        post(doubt.delivery, TestDoubt.CLAIM, form, TwilioSignature.of("another token", url, form)).statusCode(403)
                .contentType("application/problem+json").body("detail", containsString("X-Twilio-Signature"));
        post(doubt.delivery, TestDoubt.CLAIM, form, null).statusCode(403);
        post(doubt.delivery, "boot:2", form, TwilioSignature.of(TOKEN, url, form)).statusCode(403);
        post(doubt.delivery, TestDoubt.CLAIM, form("delivered", sid), TwilioSignature.of(TOKEN, url, form)).statusCode(403);
        assertThat(doubt.deliveryDocument()).containsEntry("state", "in_doubt");
        assertThat(doubt.evidence()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no-colon", "boot:", "boot:x", "b/../x:1"})
    void whatIsSignedAndSaysNothingIsABadRequest(String claim) {
        tell(TestDoubt.inState("in_doubt"), claim, sid, "sent").statusCode(400).contentType("application/problem+json");
    }

    /** A ledger that was restored from a backup may plan it again. */
    @Test
    void aDeliveryThatNobodyKnowsIsNoted() {
        TestDoubt nobody = new TestDoubt();
        tell(nobody, TestDoubt.CLAIM, sid, "sent").statusCode(204);
        assertThat(nobody.evidence()).containsExactly("twilio:" + sid);
    }

    private static ValidatableResponse tell(TestDoubt about, String claim, String sid, String status, String... more) {
        Map<String, String> form = form(status, sid);
        for (int n = 0; n < more.length; n += 2) {
            form.put(more[n], more[n + 1]);
        }
        return post(about.delivery, claim, form,
                TwilioSignature.of(TOKEN, StatusCallback.url(EmbeddedLedger.PUBLIC_URL, about.delivery, claim), form));
    }

    private static Map<String, String> form(String status, String sid) {
        return new TreeMap<>(Map.of("AccountSid", "AC0", "MessageSid", sid, "MessageStatus", status, "To", "+12025550101"));
    }

    private static ValidatableResponse post(String delivery, String claim, Map<String, String> form, String signature) {
        var request = RestAssured.given().urlEncodingEnabled(false).contentType("application/x-www-form-urlencoded; charset=utf-8");
        String body = form.entrySet().stream().map(field -> field.getKey() + "=" + field.getValue().replace("+", "%2B"))
                .reduce((a, b) -> a + "&" + b).orElseThrow();
        return (signature == null ? request : request.header("X-Twilio-Signature", signature)).body(body)
                .post(StatusCallback.url("", delivery, claim)).then();
    }

    private static double resolved() {
        return metric("campaign_doubt_resolved_total", "channel=\"sms\",source=\"callback\"");
    }

    private static double metric(String name, String label) {
        return RestAssured.get("/q/metrics").asString().lines().filter(line -> line.startsWith(name) && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }
}
