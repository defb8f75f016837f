package org.campaignrecovery.model.event;

/**
 * "Look at this batch": it can be leased. Topic {@value #TOPIC}, key and {@code ce_id} the batch's id.
 *
 * @param batchId the batch to look at
 */
public record CampaignBatch(String batchId) {
    public static final String TOPIC = "campaign-batch";
    public static final String TYPE = "campaign.batch.v1";
}
