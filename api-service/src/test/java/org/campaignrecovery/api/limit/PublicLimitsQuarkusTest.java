package org.campaignrecovery.api.limit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;

import java.util.concurrent.ThreadLocalRandom;

import jakarta.inject.Inject;

import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

/** What needs no log-in is answered so often, to each client behind the proxy. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class PublicLimitsQuarkusTest {
    private static final String PAGE = "/unsubscribe/nonsense";

    @Inject
    LimitConfig config;

    private final String client = "198.51.100." + ThreadLocalRandom.current().nextInt(1, 250);

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void whoeverCallsTooOftenIsToldWhenToComeAgain() {
        Response refused = firstRefused();
        refused.then().contentType("application/problem+json").body("type", endsWith("too-many-attempts"))
                .body("detail", containsString("too many calls")).header("Cache-Control", "no-store");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isEqualTo(1);
        given().header("X-Forwarded-For", "203.0.113.9").get(PAGE).then().statusCode(404);
        given().header("X-Forwarded-For", client).post("/api/webhooks/twilio/status").then().statusCode(403);
    }

    private Response firstRefused() {
        for (int n = 0; n < 4 * config.unsubscribeBurst(); n++) {
            Response answer = given().header("X-Forwarded-For", client).get(PAGE);
            if (answer.statusCode() == 429) {
                assertThat(n).isGreaterThanOrEqualTo(config.unsubscribeBurst());
                return answer;
            }
        }
        throw new AssertionError("nobody is refused");
    }
}
