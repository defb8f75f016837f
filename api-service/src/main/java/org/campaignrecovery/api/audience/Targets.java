package org.campaignrecovery.api.audience;

import java.util.List;

import org.campaignrecovery.ledger.campaign.CampaignDocument;

/** Whom a request means. */
public sealed interface Targets {

    /** The ids that came with the request, canonical. */
    record Ids(List<String> ids) implements Targets {
    }

    /** The list of ids that the campaign has, or that is still to be uploaded. */
    record StoredList() implements Targets {
    }

    /** What can be stored as it is. */
    record Known(CampaignDocument.Audience audience) implements Targets {
    }
}
