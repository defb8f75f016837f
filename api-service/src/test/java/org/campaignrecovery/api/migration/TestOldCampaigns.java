package org.campaignrecovery.api.migration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Documents of the system before. */
final class TestOldCampaigns {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TestOldCampaigns() {
    }

    static String newId() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    }

    /** A sound campaign by e-mail and SMS to two customers, starting in 2035. */
    static Map<String, Object> of(String status) {
        Map<String, Object> document = new HashMap<>();
        document.put("_id", Map.of("$oid", newId()));
        document.put("name", "Spring sale");
        document.put("status", status);
        document.put("startDate", Map.of("$date", "2035-01-01T09:00:00Z"));
        document.put("targetedCustomerIds", List.of("17850", Map.of("$numberLong", "13047")));
        document.put("emailSubject", "Hello {{name}}");
        document.put("emailBody", "<p>Dear {{name}}</p>");
        document.put("smsMessage", "Hi {{name}}");
        document.put("createdBy", "mary");
        document.put("approvedBy", "max");
        return document;
    }

    static Map<String, Object> with(Map<String, Object> document, String field, Object value) {
        document.put(field, value);
        return document;
    }

    static String id(Map<String, Object> document) {
        return (String) ((Map<?, ?>) document.get("_id")).get("$oid");
    }

    static OldCampaign read(Map<String, Object> document) {
        try {
            return new OldCampaignReader(MAPPER.valueToTree(document)).read();
        } catch (RefusedException e) {
            throw new AssertionError(e);
        }
    }
}
