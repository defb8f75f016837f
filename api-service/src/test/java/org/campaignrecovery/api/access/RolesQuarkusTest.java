package org.campaignrecovery.api.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;

/**
 * The table of docs/access.md. Somebody who may gets another answer than 401 and 403, here mostly that the thing does not exist.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class RolesQuarkusTest {
    private static final List<String> ROLES = List.of("marketer", "marketing-manager", "operator", "admin");
    private static final String ANONYMOUS = "anonymous";
    private static final Pattern ROW = Pattern.compile("\\| `(GET|POST|PUT|DELETE|PATCH) (\\S+)` \\| `(\\w+)` \\|(.*)\\|");

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    /** @param allowed roles, and {@value #ANONYMOUS} */
    record Row(String method, String path, String id, List<String> allowed) {

        /** For somebody, about things that do not exist. */
        int ask(RequestSpecification request) {
            String type = path.endsWith(".csv") && !method.equals("GET") ? "text/csv" : "application/json";
            return request.contentType(type).request(method, path.replaceAll("\\{\\w+}", "x")).statusCode();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    static Stream<Row> rows() throws IOException {
        return Files.readAllLines(Path.of("../docs/access.md")).stream().map(ROW::matcher).filter(Matcher::matches).map(row -> {
            String[] cells = row.group(4).split("\\|", -1);
            List<String> columns = Stream.concat(Stream.of(ANONYMOUS), ROLES.stream()).toList();
            List<String> allowed = new ArrayList<>();
            for (int n = 0; n < columns.size(); n++) {
                if (cells[n].strip().equals("yes")) {
                    allowed.add(columns.get(n));
                }
            }
            return new Row(row.group(1), row.group(2), row.group(3), allowed);
        });
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isForThoseOfTheTable(Row row) {
        if (row.allowed().contains(ANONYMOUS)) {
            assertThat(row.ask(given())).as("nobody").isNotEqualTo(401).isLessThan(500);
            assertThat(row.allowed()).as("what nobody needs a role for").containsAll(ROLES);
            return;
        }
        given().contentType(row.path().endsWith(".csv") ? "text/csv" : "application/json")
                .request(row.method(), row.path().replaceAll("\\{\\w+}", "x")).then().statusCode(401)
                .contentType("application/problem+json").body("type", equalTo("/problems/unauthenticated"));
        for (String role : ROLES) {
            int status = row.ask(TestSessions.as(role));
            if (row.allowed().contains(role)) {
                assertThat(status).as(role).isNotIn(401, 403).isLessThan(500);
            } else {
                assertThat(status).as(role).isEqualTo(403);
            }
        }
    }

    @Test
    void everyOperationOfTheContractIsInTheTable() throws IOException {
        Map<String, Map<String, Object>> paths = given().get("/q/openapi?format=json").then().statusCode(200).extract().path("paths");
        List<String> contract = paths.entrySet().stream()
                .flatMap(path -> path.getValue().entrySet().stream().filter(operation -> operation.getValue() instanceof Map<?, ?>)
                        .map(operation -> "%s %s %s".formatted(operation.getKey().toUpperCase(), path.getKey(),
                                ((Map<?, ?>) operation.getValue()).get("operationId"))))
                .sorted().toList();
        assertThat(rows().map(row -> "%s %s %s".formatted(row.method(), row.path(), row.id())).sorted().toList()).isEqualTo(contract);
    }
}
