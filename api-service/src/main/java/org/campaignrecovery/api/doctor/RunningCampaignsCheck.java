package org.campaignrecovery.api.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.api.run.RunCountsRepository;
import org.campaignrecovery.api.run.RunCountsRepository.Accounts;
import org.campaignrecovery.api.run.RunRepository;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.presence.PresenceDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.run.RunState;

import io.smallrye.mutiny.Uni;

/** Campaigns that are being sent: how far they are, and whether somebody works on them. */
@ApplicationScoped
class RunningCampaignsCheck implements DoctorCheck {
    private static final int AT_MOST = 200;
    private static final int NAMED = 10;
    /** Longer than an event and a sweep take. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String START = "See that a worker is alive; a run without a planner is taken up by any of them within seconds.";

    private final CampaignRepository campaigns;
    private final RunRepository runs;
    private final RunCountsRepository accounts;
    private final Processes processes;

    RunningCampaignsCheck(CampaignRepository campaigns, RunRepository runs, RunCountsRepository accounts, Processes processes) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.accounts = accounts;
        this.processes = processes;
    }

    @Override
    public Subject subject() {
        return Subject.CAMPAIGNS_RUNNING;
    }

    @Override
    public Uni<Finding> look() {
        return campaigns.having(List.of(CampaignStatus.PROCESSING), null, AT_MOST).chain(this::runsOf);
    }

    private Uni<Finding> runsOf(List<CampaignDocument> processing) {
        List<String> ids = processing.stream().map(campaign -> campaign.current).filter(Objects::nonNull)
                .map(CampaignDocument.Current::runId).toList();
        return ids.isEmpty()
                ? Uni.createFrom().item(Finding.ok("no campaign is being sent"))
                : Uni.combine().all().unis(runs.withIds(ids), accounts.of(ids), processes.seen())
                        .with((found, sums, seen) -> judge(processing, found, sums, seen));
    }

    static Finding judge(List<CampaignDocument> processing, Map<String, RunDocument> runs, Map<String, Accounts> sums,
            SeenProcesses seen) {
        Set<String> workers = seen.alive(PresenceDocument::isWorker).stream().map(PresenceDocument::id).collect(Collectors.toSet());
        List<Finding> findings = new ArrayList<>();
        processing.forEach(campaign -> trouble(campaign, runs.get(campaign.current.runId()), workers, seen.now())
                .ifPresent(sentence -> findings.add(Finding.warning(sentence, START))));
        findings.add(Finding.ok("%d being sent: %s".formatted(processing.size(), processing.stream().limit(NAMED)
                .map(campaign -> progress(campaign, sums.get(campaign.current.runId()))).collect(Collectors.joining(", ")))));
        return Finding.of(findings);
    }

    private static Optional<String> trouble(CampaignDocument campaign, RunDocument run, Set<String> workers, Instant now) {
        String name = WaitingCampaignsCheck.name(campaign);
        if (run == null) {
            return Optional.of(name + " has no run yet").filter(sentence -> longAgo(campaign.updatedAt, now));
        }
        if (run.state != RunState.PLANNING || !longAgo(run.startedAt, now)) {
            return Optional.empty();
        }
        if (run.planner.owner() == null) {
            return Optional.of("%s: nobody plans its run %s, which began at %s".formatted(name, run.id, run.startedAt));
        }
        return Optional.of("%s: the planner of its run %s gives no sign of life".formatted(name, run.id))
                .filter(sentence -> !workers.contains(run.planner.owner()));
    }

    private static boolean longAgo(Instant time, Instant now) {
        return time != null && time.plus(PATIENCE).isBefore(now);
    }

    private static String progress(CampaignDocument campaign, Accounts sums) {
        Counts counts = sums == null ? Counts.NONE : sums.counts().values().stream().reduce(Counts.NONE, Counts::plus);
        return "%s %d of %d planned so far done".formatted(WaitingCampaignsCheck.name(campaign), counts.planned() - counts.open(),
                counts.planned());
    }
}
