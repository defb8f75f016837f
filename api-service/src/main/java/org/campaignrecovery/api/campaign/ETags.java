package org.campaignrecovery.api.campaign;

import java.util.Arrays;

import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.campaign.CampaignDocument;

/** A campaign's revision as an entity tag (RFC 9110). */
public final class ETags {

    private ETags() {
    }

    static String of(long rev) {
        return "\"" + rev + "\"";
    }

    /**
     * Fails with 412 unless the campaign is at a revision that the client has named.
     *
     * @param ifMatch the header, or null when the client does not mind what it overwrites
     */
    public static void require(String ifMatch, CampaignDocument campaign) {
        if (ifMatch == null || ifMatch.isBlank() || ifMatch.trim().equals("*")) {
            return;
        }
        boolean matches = Arrays.stream(ifMatch.split(",")).map(String::trim).map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .anyMatch(of(campaign.rev)::equals);
        if (!matches) {
            throw ProblemType.PRECONDITION_FAILED
                    .problem("the campaign has changed since you read it: it is at revision %d now; read it again"
                            .formatted(campaign.rev));
        }
    }
}
