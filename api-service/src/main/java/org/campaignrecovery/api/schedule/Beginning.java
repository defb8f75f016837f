package org.campaignrecovery.api.schedule;

import java.time.Instant;

import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.run.RunId;

/**
 * How an occurrence begins, or was missed.
 *
 * @param overdueBySeconds how late, or null when it is on time
 * @param coalesced how many earlier occurrences it stands for, or null for none
 */
record Beginning(CampaignDocument.Current occurrence, Long overdueBySeconds, Integer coalesced) {

    /**
     * Of an occurrence that was decided on already, by a process that did not come further, or has not yet.
     *
     * @param campaign which says for how many others its latest occurrence stands; a run by hand stands for none
     */
    static Beginning decided(CampaignDocument campaign, CampaignDocument.Current occurrence, Instant at) {
        boolean latest = campaign.lastOccurrence != null
                && occurrence.runId().equals(RunId.of(campaign.id, campaign.lastOccurrence).toString());
        return new Beginning(occurrence, DueDecision.late(occurrence.scheduledFor(), at), latest ? campaign.lastCoalesced : null);
    }
}
