package org.campaignrecovery.model.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.campaignrecovery.model.SuccessorTable.assertSuccessors;
import static org.campaignrecovery.model.SuccessorTable.reachable;
import static org.campaignrecovery.model.campaign.CampaignStatus.CANCELLED;
import static org.campaignrecovery.model.campaign.CampaignStatus.COMPLETED;

import java.util.EnumSet;

import org.junit.jupiter.api.Test;

class CampaignStatusTest {

    @Test
    void theSuccessorsAreTheDesigns() {
        assertSuccessors(CampaignStatus.class, CampaignStatus::successors, "draft -> pending_approval cancelled",
                "pending_approval -> approved rejected draft cancelled", "rejected -> draft cancelled", "approved -> scheduled cancelled",
                "scheduled -> processing missed paused cancelled", "processing -> running completed scheduled failed paused cancelled",
                "running -> completed cancelled", "paused -> scheduled processing cancelled", "missed -> processing cancelled",
                "failed -> processing cancelled", "completed ->", "cancelled ->");
    }

    @Test
    void everyStatusIsReachedAndFromEachACampaignCanEnd() {
        assertThat(reachable(CampaignStatus.DRAFT, CampaignStatus::successors)).isEqualTo(EnumSet.allOf(CampaignStatus.class));
        assertThat(CampaignStatus.values()).filteredOn(status -> status != CANCELLED && status != COMPLETED)
                .allMatch(status -> status.canBecome(CANCELLED));
    }

    @Test
    void nothingIsSentWithoutAnApproval() {
        assertThat(CampaignStatus.values()).filteredOn(status -> status.canBecome(CampaignStatus.SCHEDULED)).containsExactlyInAnyOrder(
                CampaignStatus.APPROVED, CampaignStatus.PROCESSING, CampaignStatus.PAUSED);
        assertThat(CampaignStatus.values()).filteredOn(status -> status.canBecome(CampaignStatus.APPROVED))
                .containsExactly(CampaignStatus.PENDING_APPROVAL);
    }
}
