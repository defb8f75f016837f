package org.campaignrecovery.api.campaign;

import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;

/** Campaigns as an author sends them. */
public final class TestCampaigns {

    private TestCampaigns() {
    }

    /** A campaign that is all right; change what the test is about. */
    public static Map<String, Object> valid(Instant start) {
        Map<String, Object> campaign = new HashMap<>();
        campaign.put("name", "Spring sale");
        campaign.put("channels", List.of("email", "sms"));
        campaign.put("email", Map.of("subject", "Hello {{name}}", "html", "<p>Dear {{name}},</p><p>come &amp; see.</p>"));
        campaign.put("sms", Map.of("body", "Hi {{name}}, come and see"));
        campaign.put("targetedCustomerIds", List.of("17850", 13047, "13047"));
        campaign.put("startDate", start.toString());
        return campaign;
    }

    public static Map<String, Object> with(String field, Object value) {
        Map<String, Object> campaign = valid(Instant.parse("2035-01-01T09:00:00Z"));
        if (value == null) {
            campaign.remove(field);
        } else {
            campaign.put(field, value);
        }
        return campaign;
    }

    /** As the ledger keeps it, for tests that make up what has happened to it: whoever lists campaigns meets it, so it is whole. */
    public static Document stored(String id, String status) {
        Date then = Date.from(Instant.parse("2026-01-01T09:00:00Z"));
        return new Document("_id", id).append("rev", 3L).append("status", status).append("name", "c").append("type", "bulk")
                .append("channels", List.of("email"))
                .append("email", new Document("subject", "Hello").append("html", "<p>Hello</p>").append("text", "Hello"))
                .append("audience", new Document("allCustomers", true).append("size", 0L)).append("startDate", then)
                .append("timeZone", "UTC").append("delivery", new Document("onDoubt", "hold").append("catchUpWindow", "PT6H"))
                .append("createdBy", "marketer").append("authors", List.of("marketer")).append("createdAt", then)
                .append("updatedAt", then);
    }

    /** Created by the marketer; its id. */
    public static String create(Map<String, Object> campaign) {
        return TestSessions.as("marketer").body(campaign).post("/api/campaigns").then().statusCode(201).extract().path("id");
    }

    /** Created, submitted, and approved by the marketing manager; its id. */
    public static String approved(Map<String, Object> campaign) {
        String id = create(campaign);
        TestSessions.as("marketer").post("/api/campaigns/{id}/submit", id).then().statusCode(200);
        TestSessions.as("marketing-manager").post("/api/campaigns/{id}/approve", id).then().statusCode(200);
        return id;
    }

    public static String status(String id) {
        return TestSessions.as("marketer").get("/api/campaigns/{id}", id).then().statusCode(200).extract().path("status");
    }
}
