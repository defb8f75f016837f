package org.campaignrecovery.api.migration;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.channel.Channel;

/**
 * An old campaign as far as it is understood.
 *
 * @param campaign with everything but its audience, status and what follows from that
 * @param customerIds canonical
 * @param lastRunAt when it was sent last, or null
 * @param sentCounts how many messages were sent according to it, by channel
 * @param failedCount how many were not
 * @param findings what could not be read
 * @param notes what its owner should know
 */
record OldCampaign(CampaignDocument campaign, OldStatus status, List<String> customerIds, Instant lastRunAt,
        Map<Channel, Long> sentCounts, long failedCount, List<OldRecipient> recipients, List<FieldError> findings, List<String> notes) {

    boolean recurring() {
        return campaign.schedule != null;
    }

    long sentCount() {
        return sentCounts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether anything was sent, or may have been. */
    boolean begun() {
        return status == OldStatus.PROCESSING || status == OldStatus.RUNNING || sentCount() > 0
                || recipients.stream().anyMatch(recipient -> recipient.verdict() != OldRecipient.Verdict.OPEN);
    }

    boolean recordsRecipients() {
        return recipients.stream().anyMatch(recipient -> recipient.verdict() != OldRecipient.Verdict.OPEN);
    }

    /** Whether everybody was reached on every channel, or is known to have failed: nothing would be left to send. */
    boolean everythingSent() {
        long wanted = (long) customerIds.size() * campaign.channels.size();
        long recorded = recipients.stream().filter(recipient -> recipient.verdict() == OldRecipient.Verdict.REACHED).count();
        boolean open = recipients.stream().anyMatch(recipient -> recipient.verdict() != OldRecipient.Verdict.REACHED);
        return wanted > 0 && !open && Math.max(recorded, sentCount()) + failedCount >= wanted;
    }
}
