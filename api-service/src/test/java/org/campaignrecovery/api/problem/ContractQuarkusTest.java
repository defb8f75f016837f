package org.campaignrecovery.api.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;

import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

/** The OpenAPI document, the metrics and the health checks are there, and say what generators need. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class ContractQuarkusTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "delete");

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void everyOperationHasAnIdAndSaysWhatAProblemIs() {
        JsonPath contract = given().get("/q/openapi?format=json").then().statusCode(200).extract().jsonPath();
        Map<String, Map<String, Map<String, Object>>> paths = contract.getMap("paths");
        assertThat(paths).isNotEmpty();
        paths.forEach((path, operations) -> operations.forEach((method, operation) -> {
            if (METHODS.contains(method)) {
                assertThat(operation).as(method + " " + path).containsKey("operationId");
                assertThat(operation.get("responses").toString()).as(method + " " + path).contains("application/problem+json");
                ((Map<?, ?>) operation.get("responses")).forEach((status, response) -> assertThat(((Map<?, ?>) response).get("content"))
                        .as("what %s %s answers with %s", method, path, status)
                        .matches(content -> content != null || status.equals("204")));
            }
        }));
        assertThat(contract.getString("components.securitySchemes.session.in")).isEqualTo("cookie");
    }

    @Test
    void metricsAndHealthAreThere() {
        assertThat(given().get("/q/metrics").then().statusCode(200).extract().asString()).contains("jvm_memory");
        given().get("/q/health/live").then().statusCode(200);
    }
}
