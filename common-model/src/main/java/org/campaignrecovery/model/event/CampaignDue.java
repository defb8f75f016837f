package org.campaignrecovery.model.event;

import java.time.Instant;

/**
 * "Look at this run": its occurrence has become due. Topic {@value #TOPIC}, key the campaign's id, {@code ce_id} the run's id.
 *
 * @param runId the run to look at
 * @param scheduledFor the instant of the occurrence
 */
public record CampaignDue(String runId, Instant scheduledFor) {
    public static final String TOPIC = "campaign-due";
    public static final String TYPE = "campaign.due.v1";
}
