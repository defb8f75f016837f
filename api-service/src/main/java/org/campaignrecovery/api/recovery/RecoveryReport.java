package org.campaignrecovery.api.recovery;

import java.util.List;
import java.util.Objects;

import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a recovery did, in the shape of the origin's answer. */
@Schema(name = "RecoveryReport", requiredProperties = {"success", "recovered", "skipped", "details"})
public record RecoveryReport(boolean success, int recovered, int skipped, Details details) {
    static final String JOB_EXISTS = "Job already exists";

    /** By campaign. */
    @Schema(name = "RecoveryDetails", requiredProperties = {"recovered", "skipped"})
    public record Details(List<Recovered> recovered, List<Skipped> skipped) {
    }

    /** A campaign for which something was to do; its status as it was found. */
    @Schema(name = "RecoveredCampaign", requiredProperties = {"id", "name", "status"})
    public record Recovered(String id, String name, String status) {
    }

    /** A campaign for which nothing was to do. */
    @Schema(name = "SkippedCampaign", requiredProperties = {"id", "name", "reason"})
    public record Skipped(String id, String name, String reason) {
    }

    /** One of the two is null. */
    record Outcome(Recovered recovered, Skipped skipped) {
        static Outcome recovered(CampaignDocument campaign) {
            return new Outcome(new Recovered(campaign.id, campaign.name, campaign.status.wire()), null);
        }

        static Outcome skipped(CampaignDocument campaign, String reason) {
            return new Outcome(null, new Skipped(campaign.id, campaign.name, reason));
        }
    }

    static RecoveryReport of(List<Outcome> outcomes) {
        List<Recovered> recovered = outcomes.stream().map(Outcome::recovered).filter(Objects::nonNull).toList();
        List<Skipped> skipped = outcomes.stream().map(Outcome::skipped).filter(Objects::nonNull).toList();
        return new RecoveryReport(true, recovered.size(), skipped.size(), new Details(recovered, skipped));
    }
}
