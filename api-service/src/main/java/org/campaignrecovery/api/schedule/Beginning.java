package org.campaignrecovery.api.schedule;

import java.time.Instant;

import org.campaignrecovery.ledger.campaign.CampaignDocument;

/**
 * How an occurrence begins, or was missed.
 *
 * @param overdueBySeconds how late, or null when it is on time
 * @param coalesced how many earlier occurrences it stands for, or null for none
 */
record Beginning(CampaignDocument.Current occurrence, Long overdueBySeconds, Integer coalesced) {

    /** Of an occurrence that was decided on already, by a process that did not come further. */
    static Beginning decided(CampaignDocument.Current occurrence, Instant at) {
        return new Beginning(occurrence, DueDecision.late(occurrence.scheduledFor(), at), null);
    }
}
