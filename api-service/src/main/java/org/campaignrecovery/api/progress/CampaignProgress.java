package org.campaignrecovery.api.progress;

import java.time.Instant;

import org.campaignrecovery.api.run.RunView;
import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.campaign.CampaignStatus;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How far a campaign is.
 *
 * @param nextRunAt missing when nothing is planned
 * @param run the latest run with its accounts; missing when there is none yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CampaignProgress(String campaignId, String status, Instant nextRunAt, RunView run) {

    /** Nothing will change any more. */
    @JsonIgnore
    boolean isEnd() {
        return Wire.parse(CampaignStatus.class, status).successors().isEmpty();
    }
}
