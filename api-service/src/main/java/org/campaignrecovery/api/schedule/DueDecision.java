package org.campaignrecovery.api.schedule;

import java.time.Duration;
import java.time.Instant;

import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.schedule.MisfirePolicy;
import org.campaignrecovery.model.schedule.Start;

/**
 * What {@link MisfirePolicy} says, in the words of a run.
 *
 * @param missed it is too late to catch up
 * @param overdueBySeconds how late it is, or null when it is on time
 */
record DueDecision(boolean missed, Long overdueBySeconds) {
    private static final Duration EVER = Duration.ofDays(36_500);

    /** @param scheduledFor an occurrence of the campaign that is due */
    static DueDecision of(CampaignDocument campaign, Instant scheduledFor, Instant now) {
        return of(MisfirePolicy.DEFAULT.decide(scheduledFor, campaign.approvedAt, now, campaign.delivery.window()));
    }

    /** How late a start is that was decided on already. */
    static Long late(Instant due, Instant now) {
        return now.isBefore(due) ? null : of(MisfirePolicy.DEFAULT.decide(due, null, now, EVER)).overdueBySeconds;
    }

    private static DueDecision of(Start start) {
        if (start instanceof Start.Missed missed) {
            return new DueDecision(true, missed.by().toSeconds());
        }
        return new DueDecision(false, start instanceof Start.Overdue overdue ? overdue.by().toSeconds() : null);
    }
}
