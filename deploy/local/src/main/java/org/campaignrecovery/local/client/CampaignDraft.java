package org.campaignrecovery.local.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A small campaign on both channels to all customers, as the body of {@code POST /api/campaigns}. */
public final class CampaignDraft {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private CampaignDraft() {
    }

    /** @param startDate when it is due */
    public static CampaignDraft toEverybody(String name, Instant startDate) {
        CampaignDraft draft = new CampaignDraft();
        draft.with("name", name).with("type", "bulk").with("channels", List.of("email", "sms"));
        draft.with("email", Map.of("subject", "Something for you, {{name}}", "html",
                "<p>Hello <b>{{name}}</b>,</p><p>your next order is on its way to be 10 % cheaper.</p>", "text",
                "Hello {{name}},\n\nyour next order is on its way to be 10 % cheaper.\n", "fromName", "The shop"));
        draft.with("sms", Map.of("body", "Hello {{name}}, your next order is 10 % cheaper."));
        draft.with("audience", Map.of("allCustomers", true)).with("startDate", startDate.toString()).with("timeZone", "UTC");
        return draft;
    }

    /** Sets or replaces a field. */
    public CampaignDraft with(String field, Object value) {
        fields.put(field, value);
        return this;
    }

    /** Leaves a field out. */
    public CampaignDraft without(String field) {
        fields.remove(field);
        return this;
    }

    Map<String, Object> body() {
        return fields;
    }
}
