package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.ApiClient;
import org.campaignrecovery.local.record.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What cannot be right is refused with a sentence, as {@code application/problem+json}, and leaves nothing behind. Fails when a field is not
 * checked, when a refusal is the framework's own page, or when anything is written before it was checked.
 */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MalformedInputIT {
    private static final String CAMPAIGNS = "/api/campaigns";
    private static final String NOBODY = "6b0000000000000000000000";
    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(20);

    private ApiClient marketer;

    @BeforeAll
    void logIn() {
        marketer = scene.cluster().login(LocalUsers.MARKETER);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefusedWithASentence(String what, String method, String path, String body, int status) {
        long before = scene.ledger().documents();
        HttpResponse<String> answer = marketer.exchange(method, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = Json.parse(answer.body());
        assertThat(problem.path("type").asText()).as("type").isNotBlank().isNotEqualTo("about:blank");
        assertThat(problem.path("detail").asText() + problem.path("errors")).as("a sentence: %s", problem).contains(" ")
                .hasSizeGreaterThan(20);
        assertThat(answer.body()).as("no insides").doesNotContain("Exception", "org.campaignrecovery", "\\n\\tat ");
        assertThat(scene.ledger().documents()).as("documents").isEqualTo(before);
    }

    static Stream<Arguments> refused() {
        return Stream.of(create("invalid JSON", "{\"name\": ", 400), create("no object", "[1, 2]", 400), create("nothing", "", 400),
                create("an unknown field", with("colour", "green"), 400),
                create("an end before the start", with("endDate", "2020-01-01T00:00:00Z"), 400),
                create("an empty audience", with("audience", null, "targetedCustomerIds", List.of()), 400),
                create("two audiences", with("targetedCustomerIds", List.of("1")), 400),
                create("a template with an unknown field", with("sms", Map.of("body", "Hello {{shoe_size}}")), 400),
                create("a template that does not end", with("sms", Map.of("body", "Hello {{name")), 400),
                create("a body of 10 MB", with("description", "x".repeat(TEN_MEGABYTES)), 413),
                Arguments.of("an unknown campaign", "GET", CAMPAIGNS + "/" + NOBODY, null, 404),
                Arguments.of("submitting an unknown campaign", "POST", CAMPAIGNS + "/" + NOBODY + "/submit", null, 404),
                Arguments.of("an id that is none", "GET", CAMPAIGNS + "/%7Bid%7D", null, 404),
                Arguments.of("an unknown run", "GET", "/api/runs/" + NOBODY + "@2026-01-01T00:00:00Z", null, 404),
                Arguments.of("an unknown delivery", "GET", "/api/deliveries/nobody", null, 404));
    }

    /** What is right is stored: the refusals above are not for another reason. */
    @Test
    void theSameCampaignWithoutTheMistakeIsStored() {
        long before = scene.ledger().documents();
        HttpResponse<String> answer = marketer.exchange("POST", CAMPAIGNS, with());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(scene.ledger().documents()).isGreaterThan(before);
    }

    private static Arguments create(String what, String body, int status) {
        return Arguments.of(what, "POST", CAMPAIGNS, body, status);
    }

    /** A good campaign with some fields changed; null removes. */
    private static String with(Object... changes) {
        Map<String, Object> fields = new TreeMap<>(Map.of("name", "A campaign", "type", "bulk", "channels", List.of("sms"), "sms",
                Map.of("body", "Hello {{name}}"), "audience", Map.of("allCustomers", true), "startDate", Instant.now().plusSeconds(3_600)
                        .toString(),
                "timeZone", "UTC"));
        for (int n = 0; n < changes.length; n += 2) {
            if (changes[n + 1] == null) {
                fields.remove(changes[n]);
            } else {
                fields.put((String) changes[n], changes[n + 1]);
            }
        }
        return Json.line(fields);
    }
}
