package org.campaignrecovery.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

/** Lists in an order of one's own, walked page by page. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class SortedCampaignsQuarkusTest {
    private final String mark = "s" + UUID.randomUUID().toString().substring(0, 8);

    /** Two of them are equal: no page may lose one or show it twice. */
    @ParameterizedTest
    @ValueSource(strings = {"name", "startDate", "updatedAt", "createdAt"})
    void everyPageGoesOnWhereTheLastOneEnded(String field) {
        TestSessions.awaitReady();
        List<String> ids = List.of(create("b/2", 3), create("a", 1), create("b/2", 3), create("c", 2), create("d", 5));
        List<String> ascending = walk(field);
        assertThat(ascending).containsExactlyInAnyOrderElementsOf(ids);
        List<String> names = ascending.stream().map(id -> (String) campaign(id).get(field)).toList();
        assertThat(names).isSorted();
        List<String> descending = new ArrayList<>(walk("-" + field));
        Collections.reverse(descending);
        assertThat(descending).isEqualTo(ascending);
    }

    @Test
    void whatIsNoOrderIsRefused() {
        TestSessions.awaitReady();
        create("a", 1);
        create("b", 1);
        TestSessions.as("marketer").get("/api/campaigns?sort=rev").then().statusCode(400).body("detail", containsString("updatedAt"));
        String next = page("name", null).getString("next");
        for (String sort : List.of("updatedAt", "", "-startDate")) {
            TestSessions.as("marketer").queryParam("sort", sort).queryParam("cursor", next).get("/api/campaigns").then().statusCode(400)
                    .body("detail", containsString("same sort"));
        }
    }

    private List<String> walk(String sort) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            JsonPath page = page(sort, cursor);
            ids.addAll(page.getList("items.id"));
            cursor = page.getString("next");
        } while (cursor != null);
        return ids;
    }

    private JsonPath page(String sort, String cursor) {
        var request = TestSessions.as("marketer").queryParam("q", mark).queryParam("sort", sort).queryParam("limit", 1);
        if (cursor != null) {
            request = request.queryParam("cursor", cursor);
        }
        return request.get("/api/campaigns").then().statusCode(200).extract().jsonPath();
    }

    private String create(String name, int day) {
        Map<String, Object> campaign = TestCampaigns.valid(Instant.parse("2035-01-0%dT09:00:00Z".formatted(day)));
        campaign.put("name", name + " " + mark);
        return TestCampaigns.create(campaign);
    }

    private static Map<String, Object> campaign(String id) {
        return TestSessions.as("marketer").get("/api/campaigns/{id}", id).then().statusCode(200).extract().jsonPath().getMap("");
    }
}
