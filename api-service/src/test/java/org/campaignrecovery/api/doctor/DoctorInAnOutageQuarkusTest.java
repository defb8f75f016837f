package org.campaignrecovery.api.doctor;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import java.util.List;
import java.util.Map;

import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.stack.BreakableLedger;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** MongoDB and Kafka are gone; who was logged in still learns what is wrong. */
@QuarkusTest
@QuarkusTestResource(value = BreakableLedger.class, restrictToAnnotatedClass = true)
class DoctorInAnOutageQuarkusTest {
    Runnable outage;

    @Test
    void theDoctorAnswersWhenNothingElseDoes() {
        TestSessions.awaitReady();
        String session = TestSessions.login(EmbeddedLedger.ADMIN, EmbeddedLedger.ADMIN_PASSWORD);
        given().cookie("campaign_session", session).get("/api/doctor").then().statusCode(200).body(
                "checks.find {it.name=='ledger-database'}.status", equalTo("ok"));
        outage.run();

        var report = given().cookie("campaign_session", session).get("/api/doctor").then().statusCode(200).time(lessThan(20_000L))
                .body("status", equalTo("failure"));
        List<Map<String, String>> checks = report.extract().path("checks");
        assertThat(checks).hasSize(Subject.values().length).allSatisfy(check -> {
            assertThat(check.get("status")).as("%s", check).isEqualTo("failure");
            assertThat(check.get("finding")).containsAnyOf("has not answered within", "could not be asked");
            assertThat(check.get("recommendation")).containsAnyOf("CAMPAIGN_MONGO_URI", "MONGO_URI", "KAFKA_BOOTSTRAP_SERVERS");
        });
        given().get("/api/doctor").then().statusCode(401);
        given().cookie("campaign_session", session).get("/api/campaigns").then().statusCode(503);
    }
}
