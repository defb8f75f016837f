package org.campaignrecovery.api.sending;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import java.util.Map;

import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** The switch as workers find it in the ledger. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class SendingQuarkusTest {

    @Test
    void theSwitchIsTurnedAndSaysByWhom() {
        TestSessions.awaitReady();
        TestSessions.as("operator").body(Map.of("reason", "wrong prices")).post("/api/sending/stop").then().statusCode(200)
                .body("stopped", equalTo(true)).body("who", equalTo("operator")).body("why", equalTo("wrong prices"))
                .body("at", notNullValue());
        assertThat(LedgerQuery.all("ledger", eq("_id", "sending")).get(0).getBoolean("stopped")).isTrue();
        TestSessions.as("marketer").get("/api/sending").then().statusCode(200).body("stopped", equalTo(true));
        TestSessions.as("operator").post("/api/sending/start").then().statusCode(200).body("stopped", equalTo(false));
        assertThat(LedgerQuery.all("ledger", eq("_id", "sending")).get(0).getBoolean("stopped")).isFalse();
    }
}
