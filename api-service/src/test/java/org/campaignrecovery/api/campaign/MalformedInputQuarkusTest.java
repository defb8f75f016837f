package org.campaignrecovery.api.campaign;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** Whatever is sent: a problem that helps, no trace of our insides, and nothing stored. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class MalformedInputQuarkusTest {
    private static final int TEN_MEGABYTES = 10_000_000;

    @TestHTTPResource("/")
    URI service;

    private List<Long> before;

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
        TestSessions.as("marketer");
        LedgerQuery.orders().getCollection("orders").drop();
        LedgerQuery.orders().getCollection("orders").insertOne(new Document("_id", "1").append("customer_id", "1").append("name", "A")
                .append("country", "France"));
        before = stored();
    }

    @AfterEach
    void nothingIsStored() {
        assertThat(stored()).isEqualTo(before);
    }

    private static List<Long> stored() {
        return List.of(LedgerQuery.count("campaigns"), LedgerQuery.count("segments"), LedgerQuery.count("audit"),
                LedgerQuery.count("runs"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"texts", "contents"})
    void isRefusedWithASentence(String what, String body, String type, String sentence) {
        refused(TestSessions.as("marketer").body(body).post("/api/campaigns").then().statusCode(400), type, sentence);
    }

    private static void refused(ValidatableResponse answer, String type, String sentence) {
        answer.contentType("application/problem+json").body("type", equalTo("/problems/" + type)).body("title", not(equalTo(null)))
                .body("status", equalTo(answer.extract().statusCode())).body("detail", containsString(sentence));
        assertThat(answer.extract().asString()).doesNotContain("Exception", "org.campaignrecovery", "com.fasterxml", "[Source");
    }

    static Stream<Arguments> texts() {
        return Stream.of(arguments("not JSON", "{\"name\": oops}", "malformed-json", "line 1, column 10"),
                arguments("cut off", "{\"name\": \"x\",\n \"channels\": [", "malformed-json", "line 2, column 15"),
                arguments("empty", "", "malformed-json", "a JSON object is expected"),
                arguments("null", "null", "malformed-json", "a JSON object is expected"),
                arguments("a list", "[]", "malformed-json", "a JSON object is expected"),
                arguments("two objects", "{} {}", "malformed-json", "after the end"),
                arguments("a field twice", "{\"name\":\"a\",\"name\":\"b\"}", "malformed-json", "Duplicate field 'name'"),
                arguments("too deep", "{\"performance\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}", "malformed-json",
                        "nested too deeply"),
                arguments("nothing in it", "{}", "validation", "name: is missing (and 3 more"));
    }

    static Stream<Arguments> contents() {
        return Stream.of(content("startdate", "2030-01-01T00:00:00Z", "unknown-field", "startdate is not known here"),
                content("email", Map.of("subjekt", "x"), "unknown-field", "known are: fromName, html, subject, text"),
                content("name", 5, "wrong-type", "name must be a string"),
                content("channels", "email", "wrong-type", "channels must be a list"),
                content("targetedCustomerIds", List.of(true), "wrong-type", "targetedCustomerIds[0] must be a text or a number"),
                content("delivery", Map.of("ratePerSecond", 5.5), "wrong-type", "delivery.ratePerSecond must be a whole number"),
                content("delivery", Map.of("ratePerSecond", 99999999999L), "wrong-type", "delivery.ratePerSecond"),
                content("name", " ", "validation", "name: is missing"), content("name", "a\nb", "validation", "name: must be one line"),
                content("channels", List.of(), "validation", "channels: must name at least one"),
                content("channels", List.of("fax"), "validation", "must be among email, sms, not fax"),
                content("endDate", "2034-01-01T00:00:00Z", "validation", "endDate: must be after startDate"),
                content("startDate", null, "validation", "startDate: is missing"),
                content("startDate", "tomorrow", "validation", "startDate: must be a time like"),
                content("timeZone", "Mars/Olympus", "validation", "timeZone: must be an IANA time zone"),
                content("targetedCustomerIds", List.of(), "validation", "targetedCustomerIds: is empty"),
                content("targetedCustomerIds", null, "validation", "targetedCustomerIds: is missing"),
                content("targetedCustomerIds", List.of("1", " "), "validation", "blank id at position 1"),
                content("audience", Map.of("allCustomers", true), "validation", "not both"),
                audience(Map.of("allCustomers", true, "storedList", true), "validation", "audience: give one of"),
                audience(Map.of("filter", Map.of()), "validation", "audience.filter: has no condition"),
                audience(Map.of("filter", Map.of("country", "France")), "unknown-field", "known are: countries, lastOrderAfter"),
                audience(Map.of("filter", Map.of("countries", List.of(" "))), "validation", "countries: has a blank name"),
                audience(Map.of("filter", Map.of("lastOrderAfter", "spring")), "validation", "lastOrderAfter: must be a time like"),
                audience(Map.of("filter", Map.of("minOrders", 5, "maxOrders", 4)), "validation", "accept nobody"),
                audience(Map.of("filter", Map.of("lastOrderAfter", "2020-01-01T00:00:00", "lastOrderBefore", "2020-01-01T00:00:00Z")),
                        "validation", "lastOrderBefore: must be later"),
                content("email", Map.of("subject", "Hi {{name", "text", "x"), "validation", "email.subject: line 1, column 4"),
                content("email", Map.of("subject", "Hi", "html", "a\n{{#name}}"), "validation", "email.html: line 2, column 1"),
                content("sms", Map.of("body", "{{> other}}"), "validation", "sms.body: line 1, column 1"),
                content("sms", Map.of("body", "Hi {{nmae}}"), "validation", "sms.body: uses {{nmae}}, which no customer"),
                content("email", Map.of("subject", "a\r\nBcc: x@y.example", "text", "x"), "validation", "email.subject: must be one line"),
                content("sms", null, "validation", "sms.body: is missing"),
                content("type", "recurring", "validation", "frequency: is missing"),
                content("frequency", "hourly", "validation", "frequency: must be"),
                content("recurrenceRule", "FREQ=SECONDLY", "validation", "recurrenceRule: "),
                content("delivery", Map.of("onDoubt", "maybe"), "validation", "must be among hold, resend"),
                content("delivery", Map.of("catchUpWindow", "6h"), "validation", "ISO-8601 duration"));
    }

    private static Arguments audience(Map<String, Object> audience, String type, String sentence) {
        Map<String, Object> campaign = TestCampaigns.with("targetedCustomerIds", null);
        campaign.put("audience", audience);
        return arguments(audience.toString(), json(campaign), type, sentence);
    }

    private static Arguments content(String field, Object value, String type, String sentence) {
        return arguments(field + "=" + value, json(TestCampaigns.with(field, value)), type, sentence);
    }

    private static String json(Map<String, Object> campaign) {
        try {
            return new ObjectMapper().writeValueAsString(campaign);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Found by made-up requests: the one held an event loop for ten seconds, the other was a 500. */
    @ParameterizedTest
    @ValueSource(strings = {"", "=", "&=&", "=a&=b&c", "%zz=%", "a=\u0000"})
    void aFormThatNobodyWouldSendIsRefusedAtOnce(String form) {
        for (String path : List.of("/api/webhooks/twilio/status", "/api/webhooks/twilio/inbound")) {
            long begun = System.nanoTime();
            given().contentType("application/x-www-form-urlencoded").body(form).header("X-Twilio-Signature", "x").post(path).then()
                    .statusCode(oneOf(400, 403)).contentType("application/problem+json");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        }
        given().contentType("application/x-www-form-urlencoded").body(form).post("/unsubscribe/nobodys").then().statusCode(404);
        given().contentType("application/x-www-form-urlencoded").body(form).post("/api/campaigns").then()
                .statusCode(oneOf(400, 401, 415));
    }

    @Test
    void anEmptyBodyIsNotWaitedFor() throws IOException {
        long begun = System.nanoTime();
        TestSessions.as("marketer").header("Idempotency-Key", "empty-" + begun).post("/api/campaigns").then().statusCode(400);
        TestSessions.as("marketer").header("Idempotency-Key", "empty-" + begun).body("").post("/api/campaigns").then().statusCode(400);
        String answer = send("/api/campaigns", "Transfer-Encoding: chunked\r\nCookie: " + TestSessions.cookie("marketer"), "0\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("a JSON object is expected");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
    }

    private String send(String path, String headers, String body) throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.getOutputStream().write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                    + "\r\nConnection: close\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aLargeBodyIsRefusedByItsLength() {
        refused(TestSessions.as("marketer").body("{\"name\":\"" + "x".repeat(TEN_MEGABYTES) + "\"}").post("/api/campaigns").then()
                .statusCode(413), "too-large", "larger than the 4194304 bytes");
    }

    @Test
    void aLargeBodyIsRefusedWhileItIsRead() throws IOException {
        String answer = sendChunked("/api/campaigns");
        assertThat(answer).startsWith("HTTP/1.1 413").contains("application/problem+json", "/problems/too-large");
    }

    private String sendChunked(String path) throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String chunk = "186a0\r\n" + "x".repeat(100_000) + "\r\n";
            for (int i = 0; i < 60; i++) {
                out.write(chunk.getBytes(StandardCharsets.US_ASCII));
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8)).lines()
                    .collect(Collectors.joining("\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/campaigns/nope", "/api/campaigns/nope/runs", "/api/campaigns/nope/audit", "/api/runs/nope@x",
            "/api/runs/nope%402030-01-01T00%3A00%3A00Z", "/api/runs/nope@x/deliveries", "/api/deliveries/nope", "/api/nothing"})
    void whatDoesNotExistIsNotFound(String path) {
        refused(TestSessions.as("operator").urlEncodingEnabled(false).get(path).then().statusCode(404), "not-found", "there is no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"submit", "withdraw"})
    void nothingHappensToWhatDoesNotExist(String verb) {
        refused(TestSessions.as("marketer").post("/api/campaigns/nope/" + verb).then().statusCode(404), "not-found", "no campaign");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=501", "limit=ten", "limit=-1", "cursor=abc", "cursor=%25", "status=nowhere"})
    void listsAreAskedForProperly(String query) {
        refused(TestSessions.as("operator").urlEncodingEnabled(false).get("/api/campaigns?" + query).then().statusCode(400), "bad-request",
                "must be");
    }

    @Test
    void methodsAndTypesMustFit() {
        refused(TestSessions.as("marketer").patch("/api/campaigns").then().statusCode(405), "method-not-allowed", "method");
        refused(TestSessions.as("marketer").contentType("application/xml").body("<x/>").post("/api/campaigns").then().statusCode(415),
                "unsupported-media-type", "application/json");
    }

    @Test
    void fieldErrorsAreListed() {
        TestSessions.as("marketer").body(TestCampaigns.with("email", Map.of())).post("/api/campaigns").then().statusCode(400)
                .body("errors.field", equalTo(List.of("email.subject", "email.html"))).body("errors[0].message", startsWith("is missing"));
    }
}
