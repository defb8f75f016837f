package org.campaignrecovery.local.client;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/** The way of a campaign through the api: written and submitted by one person, approved by another, watched by anybody. */
public final class Campaigns {
    private final ApiClient author;
    private final ApiClient approver;

    public Campaigns(ApiClient author, ApiClient approver) {
        this.author = author;
        this.approver = approver;
    }

    /** @return the campaign's id */
    public String create(CampaignDraft draft) {
        return author.post("/api/campaigns", draft.body()).get("id").asText();
    }

    /** Creates, submits and approves. @return the campaign's id */
    public String launch(CampaignDraft draft) {
        String id = create(draft);
        author.post("/api/campaigns/" + id + "/submit");
        approver.post("/api/campaigns/" + id + "/approve");
        return id;
    }

    public JsonNode campaign(String id) {
        return author.get("/api/campaigns/" + id);
    }

    /** Its latest run, once there is one. */
    public Optional<RunProgress> latestRun(String campaign) {
        JsonNode items = author.get("/api/campaigns/" + campaign + "/runs").path("items");
        return items.isEmpty() ? Optional.empty() : Optional.of(new RunProgress(items.get(0)));
    }

    public RunProgress run(String run) {
        return new RunProgress(author.get("/api/runs/" + run));
    }
}
