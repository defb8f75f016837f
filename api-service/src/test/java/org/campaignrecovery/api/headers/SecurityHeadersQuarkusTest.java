package org.campaignrecovery.api.headers;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.List;
import java.util.Map;

import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

/** What browsers are told with every answer, whoever answers. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class SecurityHeadersQuarkusTest {
    private static final String POLICY = "Content-Security-Policy";
    private static final String TRANSPORT = "Strict-Transport-Security";

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void theApiLoadsNothingAndIsKeptByNobody() {
        guarded(TestSessions.as("marketer").get("/api/auth/me").then().statusCode(200));
        guarded(TestSessions.as("operator").get("/api/suppressions.csv").then().statusCode(200));
        guarded(given().get("/api/campaigns").then().statusCode(401));
        guarded(TestSessions.as("marketer").get("/api/nowhere").then().statusCode(404));
        guarded(TestSessions.as("marketer").body("{").post("/api/campaigns").then().statusCode(400));
        guarded(TestSessions.as("marketer").body("x".repeat(5 << 20)).post("/api/campaigns").then().statusCode(413));
        guarded(TestSessions.as("marketer").header("Origin", "https://evil.example").body(Map.of()).post("/api/campaigns").then()
                .statusCode(403));
    }

    @Test
    void thePageToUnsubscribeMayShowItsStyleAndSendItsForm() {
        everywhere(given().get("/unsubscribe/nonsense").then().statusCode(404)).header("Cache-Control", "no-store").header(POLICY,
                allOf(containsString("default-src 'none'"), containsString("style-src 'unsafe-inline'"),
                        containsString("form-action 'self'"), containsString("frame-ancestors 'none'"), not(containsString("script"))));
    }

    @Test
    void swaggerUiMayRunItsOwnScripts() {
        everywhere(given().get("/q/swagger-ui/").then().statusCode(200)).header(POLICY,
                allOf(containsString("default-src 'self'"), containsString("script-src 'self' 'unsafe-inline'"),
                        containsString("frame-ancestors 'none'")));
        everywhere(given().get("/q/health/live").then().statusCode(200)).header(POLICY, containsString("default-src 'none'"));
        everywhere(given().get("/q/metrics").then().statusCode(200)).header(POLICY, containsString("default-src 'none'"));
    }

    @Test
    void onlyWhoCameByTlsIsToldToComeByTlsOnly() {
        given().header("X-Forwarded-Proto", "https").get("/api/campaigns").then().header(TRANSPORT, equalTo("max-age=31536000"));
        given().header("Forwarded", "proto=https").get("/unsubscribe/nonsense").then().header(TRANSPORT, equalTo("max-age=31536000"));
        given().header("X-Forwarded-Proto", "http").get("/api/campaigns").then().header(TRANSPORT, nullValue());
        given().get("/unsubscribe/nonsense").then().header(TRANSPORT, nullValue());
    }

    private static void guarded(ValidatableResponse answer) {
        everywhere(answer).header("Cache-Control", "no-store").header(POLICY,
                equalTo("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"));
    }

    /** Each once: of two policies a browser follows both. */
    private static ValidatableResponse everywhere(ValidatableResponse answer) {
        for (String name : List.of(POLICY, "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy")) {
            assertThat(answer.extract().headers().getValues(name)).as(name).hasSize(1);
        }
        assertThat(answer.extract().headers().getValues("Cache-Control")).as("Cache-Control").hasSizeLessThanOrEqualTo(1);
        return answer.header("X-Content-Type-Options", "nosniff").header("X-Frame-Options", "DENY").header("Referrer-Policy",
                "no-referrer");
    }
}
