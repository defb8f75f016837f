package org.campaignrecovery.api.migration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.run.RunState;

/**
 * What becomes of an old campaign here. Nothing that has begun goes on by itself: somebody resumes it after the cut-over.
 *
 * @param pausedFrom where a paused one goes back to, or null
 * @param run the state of the run that stands for what was sent, or null when there is none
 * @param notes sentences for its owner, without any address
 */
record Fate(CampaignStatus status, CampaignStatus pausedFrom, RunState run, List<String> notes) {
    /** What only matters to a campaign that has not begun. */
    private static final Set<String> DATES = Set.of("startDate", "endDate");

    /** @param findings what is wrong with it, as an author would be told */
    static Fate of(OldCampaign old, List<FieldError> findings, Instant now) {
        boolean sound = findings.isEmpty();
        List<String> notes = new ArrayList<>();
        Fate fate = switch (old.status()) {
            case DRAFT -> unsent(old, CampaignStatus.DRAFT, notes);
            case REJECTED -> unsent(old, CampaignStatus.REJECTED, notes);
            case PENDING_APPROVAL -> unsent(old, sound ? CampaignStatus.PENDING_APPROVAL : CampaignStatus.DRAFT, notes);
            case COMPLETED -> ended(old, CampaignStatus.COMPLETED, RunState.COMPLETED, notes);
            case CANCELLED -> ended(old, CampaignStatus.CANCELLED, RunState.CANCELLED, notes);
            case FAILED -> ended(old, CampaignStatus.FAILED, RunState.FAILED, notes);
            case APPROVED, SCHEDULED -> old.begun() && !old.recurring()
                    ? interrupted(old, findings, now, notes)
                    : waiting(old, sound ? CampaignStatus.APPROVED : CampaignStatus.DRAFT, null, notes);
            case PAUSED -> paused(old, findings, now, notes);
            case PROCESSING -> interrupted(old, findings, now, notes);
            case RUNNING -> running(old, findings, now, notes);
        };
        findings.forEach(finding -> notes.add(finding.field() + " " + finding.message()));
        return fate;
    }

    private static Fate unsent(OldCampaign old, CampaignStatus status, List<String> notes) {
        if (old.sentCount() > 0 || old.recordsRecipients()) {
            notes.add(
                    "it says that something of it was sent; here it is a %s, and approving it sends to everybody".formatted(status.wire()));
        }
        return new Fate(status, null, null, notes);
    }

    private static Fate ended(OldCampaign old, CampaignStatus status, RunState run, List<String> notes) {
        boolean sent = old.sentCount() > 0 || old.recordsRecipients();
        if (status == CampaignStatus.FAILED && sent && !old.recordsRecipients()) {
            notes.add(twice(old, "run again"));
        }
        return new Fate(status, null, sent ? run : null, notes);
    }

    /** A recurring one between two occurrences, or a bulk one before its only one. */
    private static Fate waiting(OldCampaign old, CampaignStatus status, CampaignStatus pausedFrom, List<String> notes) {
        boolean sent = old.sentCount() > 0 || old.recordsRecipients();
        return new Fate(status, pausedFrom, sent ? RunState.COMPLETED : null, notes);
    }

    private static Fate paused(OldCampaign old, List<FieldError> findings, Instant now, List<String> notes) {
        if (old.recurring()) {
            notes.add("it was paused and recurs: approving it again arms its next occurrence");
            return waiting(old, findings.isEmpty() ? CampaignStatus.PENDING_APPROVAL : CampaignStatus.DRAFT, null, notes);
        }
        if (old.begun()) {
            return interrupted(old, findings, now, notes);
        }
        return findings.isEmpty()
                ? waiting(old, CampaignStatus.PAUSED, CampaignStatus.SCHEDULED, notes)
                : waiting(old, CampaignStatus.DRAFT, null, notes);
    }

    private static Fate running(OldCampaign old, List<FieldError> findings, Instant now, List<String> notes) {
        boolean open = old.recipients().stream().anyMatch(recipient -> recipient.verdict() != OldRecipient.Verdict.REACHED);
        if (old.recurring() && old.lastRunAt() != null && !open) {
            return waiting(old, findings.isEmpty() ? CampaignStatus.APPROVED : CampaignStatus.DRAFT, null, notes);
        }
        if (old.recurring() || !old.everythingSent()) {
            return interrupted(old, findings, now, notes);
        }
        boolean endsLater = old.campaign().endDate != null && old.campaign().endDate.isAfter(now);
        return new Fate(endsLater ? CampaignStatus.RUNNING : CampaignStatus.COMPLETED, null, RunState.COMPLETED, notes);
    }

    private static Fate interrupted(OldCampaign old, List<FieldError> findings, Instant now, List<String> notes) {
        if (!old.recordsRecipients()) {
            notes.add(twice(old, "resumed"));
        }
        if (findings.stream().anyMatch(finding -> !DATES.contains(finding.field()))) {
            notes.add("it was being sent, and cannot be sent any further as it is");
            return new Fate(CampaignStatus.FAILED, null, RunState.FAILED, notes);
        }
        if (old.campaign().endDate != null && !old.campaign().endDate.isAfter(now)) {
            notes.add("its end date has passed: when it is resumed, what is left of it is cancelled, not sent");
        }
        notes.add("it was being sent: it is paused here until somebody resumes it");
        return new Fate(CampaignStatus.PAUSED, CampaignStatus.PROCESSING, RunState.PLANNING, notes);
    }

    private static String twice(OldCampaign old, String when) {
        return "it may have reached people (%d messages sent according to its counts) and does not say whom: when it is %s, they get it a"
                .formatted(old.sentCount(), when) + " second time; cancel it unless that is wanted";
    }
}
