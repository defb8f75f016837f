package org.campaignrecovery.api.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;
import java.util.stream.Stream;

import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Who may do what. Somebody who may gets another answer than 401 and 403, here mostly that the thing does not exist. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class RolesQuarkusTest {
    private static final List<String> ROLES = List.of("marketer", "marketing-manager", "operator", "admin");

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    static Stream<Arguments> operations() {
        return Stream.of(operation("POST", "/api/campaigns", "marketer", "admin"), everybody("GET", "/api/campaigns"),
                everybody("GET", "/api/campaigns/x"), operation("PUT", "/api/campaigns/x", "marketer", "admin"),
                operation("DELETE", "/api/campaigns/x", "marketer", "admin"),
                operation("POST", "/api/campaigns/x/submit", "marketer", "admin"),
                operation("POST", "/api/campaigns/x/withdraw", "marketer", "admin"),
                operation("POST", "/api/campaigns/x/approve", "marketing-manager", "admin"),
                operation("POST", "/api/campaigns/x/reject", "marketing-manager", "admin"),
                operation("POST", "/api/campaigns/x/clone", "marketer", "admin"),
                operation("POST", "/api/campaigns/x/archive", "marketer", "marketing-manager", "admin"),
                everybody("POST", "/api/campaigns/x/pause"), everybody("POST", "/api/campaigns/x/cancel"),
                operation("POST", "/api/campaigns/x/resume", "marketing-manager", "operator", "admin"),
                operation("POST", "/api/campaigns/x/run-now", "operator", "admin"), everybody("GET", "/api/sending"),
                everybody("GET", "/api/ledger"), operation("POST", "/api/ledger/confirm", "operator", "admin"),
                operation("POST", "/api/sending/stop", "operator", "admin"), operation("POST", "/api/sending/start", "operator", "admin"),
                everybody("GET", "/api/campaigns/x/runs"),
                everybody("GET", "/api/campaigns/x/audit"), operation("POST", "/api/campaigns/recover", "operator", "admin"),
                operation("POST", "/api/campaigns/migrate", "admin"),
                everybody("GET", "/api/runs/x"), everybody("GET", "/api/runs/x/deliveries"), everybody("GET", "/api/deliveries/x"),
                everybody("GET", "/api/runs/x/timeline"), operation("POST", "/api/runs/x/retry", "operator", "admin"),
                operation("POST", "/api/runs/x/replay", "operator", "admin"), everybody("GET", "/api/runs/x/deliveries.csv"),
                operation("POST", "/api/runs/x/resolve", "operator", "admin"),
                operation("GET", "/api/doctor", "marketing-manager", "operator", "admin"),
                operation("POST", "/api/batches/x/release", "operator", "admin"), operation("GET", "/api/users", "admin"),
                operation("POST", "/api/users", "admin"),
                operation("GET", "/api/dead-letters", "operator", "admin"),
                operation("POST", "/api/dead-letters/redrive", "operator", "admin"),
                operation("PUT", "/api/users/x", "admin"),
                everybody("GET", "/api/auth/me"));
    }

    private static Arguments operation(String method, String path, String... roles) {
        return Arguments.of(method, path, List.of(roles));
    }

    private static Arguments everybody(String method, String path) {
        return Arguments.of(method, path, ROLES);
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("operations")
    void isFor(String method, String path, List<String> allowed) {
        TestSessions.anonymous().request(method, path).then().statusCode(401).contentType("application/problem+json").body("type",
                equalTo("/problems/unauthenticated"));
        for (String role : ROLES) {
            int status = TestSessions.as(role).request(method, path).statusCode();
            if (allowed.contains(role)) {
                assertThat(status).as(role).isNotIn(401, 403).isLessThan(500);
            } else {
                assertThat(status).as(role).isEqualTo(403);
            }
        }
    }
}
