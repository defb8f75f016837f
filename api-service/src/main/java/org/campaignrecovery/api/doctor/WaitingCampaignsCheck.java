package org.campaignrecovery.api.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.campaign.ContentHash;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.model.campaign.CampaignStatus;

import io.smallrye.mutiny.Uni;

/** Campaigns that wait for somebody or for their time, and those that wait in vain. */
@ApplicationScoped
class WaitingCampaignsCheck implements DoctorCheck {
    private static final int AT_MOST = 1_000;
    /** The scheduler arms and starts within a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CampaignRepository campaigns;
    private final ScheduleConfig schedule;
    private final LedgerClock clock;

    WaitingCampaignsCheck(CampaignRepository campaigns, ScheduleConfig schedule, LedgerClock clock) {
        this.campaigns = campaigns;
        this.schedule = schedule;
        this.clock = clock;
    }

    @Override
    public Subject subject() {
        return Subject.CAMPAIGNS_WAITING;
    }

    @Override
    public Uni<Finding> look() {
        return campaigns.having(List.of(CampaignStatus.PENDING_APPROVAL, CampaignStatus.APPROVED, CampaignStatus.SCHEDULED), null, AT_MOST)
                .map(waiting -> judge(waiting, clock.now(), schedule.enabled()));
    }

    static Finding judge(List<CampaignDocument> waiting, Instant now, boolean schedulersHere) {
        List<CampaignDocument> approved = in(waiting, CampaignStatus.APPROVED);
        List<CampaignDocument> scheduled = in(waiting, CampaignStatus.SCHEDULED);
        List<Finding> findings = new ArrayList<>();
        waiting.stream().filter(WaitingCampaignsCheck::changed).forEach(campaign -> findings.add(Finding.failure(
                "%s is not what was approved: its content has changed since".formatted(name(campaign)),
                "Do not let it run: see its audit (GET /api/campaigns/{id}/audit), and have it written and approved anew.")));
        String start = schedulersHere
                ? "See the api's log for why its scheduler does not get on, or POST /api/campaigns/recover."
                : "Start an api with ENABLE_SCHEDULERS=true (they are off here), or POST /api/campaigns/recover.";
        approved.stream().filter(campaign -> !changed(campaign)).filter(campaign -> before(campaign.approvedAt, now))
                .forEach(campaign -> findings.add(Finding.warning("%s was approved at %s and is still not armed%s".formatted(name(campaign),
                        campaign.approvedAt, schedulersHere ? "" : ": the schedulers of this process are off"), start)));
        scheduled.stream().filter(campaign -> before(campaign.nextRunAt, now)).forEach(campaign -> findings.add(Finding.warning(
                "%s is overdue: it should have started at %s".formatted(name(campaign), campaign.nextRunAt), start)));
        findings.add(Finding.ok("%d wait(s) for approval, %d approved, %d scheduled%s".formatted(
                in(waiting, CampaignStatus.PENDING_APPROVAL).size(), approved.size(), scheduled.size(), next(scheduled, now))));
        return Finding.of(findings);
    }

    private static String next(List<CampaignDocument> scheduled, Instant now) {
        return scheduled.stream().filter(campaign -> campaign.nextRunAt != null && campaign.nextRunAt.isAfter(now))
                .min(Comparator.comparing(campaign -> campaign.nextRunAt))
                .map(campaign -> ", the next start is %s at %s".formatted(name(campaign), campaign.nextRunAt)).orElse("");
    }

    private static boolean before(Instant time, Instant now) {
        return time != null && time.plus(PATIENCE).isBefore(now);
    }

    private static boolean changed(CampaignDocument campaign) {
        return campaign.status != CampaignStatus.PENDING_APPROVAL && campaign.approvedHash != null
                && !campaign.approvedHash.equals(ContentHash.of(campaign));
    }

    private static List<CampaignDocument> in(List<CampaignDocument> all, CampaignStatus status) {
        return all.stream().filter(campaign -> campaign.status == status).toList();
    }

    static String name(CampaignDocument campaign) {
        return "\"%s\" (%s)".formatted(campaign.name, campaign.id);
    }
}
