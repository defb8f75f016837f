package org.campaignrecovery.api.schedule;

import java.time.Instant;
import java.util.Optional;

import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.campaign.CampaignOccurrences;
import org.campaignrecovery.model.campaign.CampaignType;
import org.campaignrecovery.model.run.RunId;
import org.campaignrecovery.model.schedule.Occurrences;

/**
 * The occurrence of a campaign that is to begin. Of several that are due it is the latest, which stands for all of them: who was away for
 * a week wants one message, not seven.
 *
 * @param scheduledFor the occurrence's own instant
 * @param passedOver how many earlier ones it stands for
 * @param next the one after now; null for a bulk campaign, and when there is none left
 */
record DueOccurrence(RunId run, Instant scheduledFor, int passedOver, Instant next) {

    /** @param campaign scheduled, and due */
    static DueOccurrence of(CampaignDocument campaign, Instant now) {
        Instant due = campaign.nextRunAt;
        if (campaign.type != CampaignType.RECURRING) {
            return new DueOccurrence(RunId.of(campaign.id, due), due, 0, null);
        }
        Occurrences all = CampaignOccurrences.of(campaign);
        Optional<Instant> later = all.latest(now).filter(due::isBefore);
        Instant latest = later.orElse(due);
        int passedOver = later.isPresent() ? all.count(due, latest) : 0;
        return new DueOccurrence(RunId.of(campaign.id, latest), latest, passedOver, all.next(now).orElse(null));
    }

    CampaignDocument.Current current() {
        return new CampaignDocument.Current(run.toString(), scheduledFor);
    }

    Beginning beginning(Long overdueBySeconds) {
        return new Beginning(current(), overdueBySeconds, passedOver == 0 ? null : passedOver);
    }

    /** For logs and the audit; empty when none was passed over. */
    String alsoFor() {
        return passedOver == 0 ? "" : ", and stands for %d earlier occurrence%s".formatted(passedOver, passedOver == 1 ? "" : "s");
    }
}
