package org.campaignrecovery.api.migration;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.access.Actor;
import org.campaignrecovery.api.audience.CustomerRepository;
import org.campaignrecovery.api.audience.SegmentRepository;
import org.campaignrecovery.api.audit.AuditRepository;
import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.api.campaign.ContentCheck;
import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.api.run.RunRepository;
import org.campaignrecovery.api.schedule.FrozenRun;
import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.campaign.CampaignPerformance;
import org.campaignrecovery.ledger.campaign.CampaignTransitions;
import org.campaignrecovery.ledger.campaign.ContentHash;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.run.RunState;

import com.fasterxml.jackson.databind.JsonNode;

import io.smallrye.mutiny.Uni;

/**
 * Takes over campaigns of the system before, each once. What it has reached is written first, then the campaign, which is the commit
 * point, then its run: a run without its campaign would be taken for a cancelled one by the workers, while a campaign whose run is
 * missing gets it with its resumption (or by another pass), under the same id and with the same pages.
 */
@ApplicationScoped
class Migration {
    private final CampaignRepository campaigns;
    private final RunRepository runs;
    private final SegmentRepository segments;
    private final ReachedPageRepository pages;
    private final CustomerRepository customers;
    private final AuditRepository audit;
    private final CampaignTransitions transitions;
    private final ContentCheck check;
    private final FrozenRun frozen;
    private final ScheduleConfig config;
    private final LedgerClock clock;

    Migration(CampaignRepository campaigns, RunRepository runs, SegmentRepository segments, ReachedPageRepository pages,
            CustomerRepository customers, AuditRepository audit, CampaignTransitions transitions, ContentCheck check,
            FrozenRun frozen, ScheduleConfig config, LedgerClock clock) {
        this.campaigns = campaigns;
        this.runs = runs;
        this.segments = segments;
        this.pages = pages;
        this.customers = customers;
        this.audit = audit;
        this.transitions = transitions;
        this.check = check;
        this.frozen = frozen;
        this.config = config;
        this.clock = clock;
    }

    Uni<MigrationReport> migrate(JsonNode document, Actor actor) {
        OldCampaign old;
        try {
            old = new OldCampaignReader(document).read();
        } catch (RefusedException e) {
            return Uni.createFrom().item(new MigrationReport(e.id(), e.name(), null, null, "refused", List.of(e.getMessage())));
        }
        return campaigns.withId(old.campaign().id).chain(known -> known.map(here -> again(old, here, actor))
                .orElseGet(() -> audit.knows(old.campaign().id).chain(deleted -> deleted
                        ? unchanged(old, null, List.of("it was taken over before and has been deleted here since"))
                        : prepare(old, actor).chain(this::write))));
    }

    /** It is here already. A run that an interrupted pass has not written is written now, unless the campaign has moved on. */
    private Uni<MigrationReport> again(OldCampaign old, CampaignDocument here, Actor actor) {
        Uni<MigrationReport> answer = unchanged(old, here.status, List.of());
        return here.rev > 1 || here.current == null
                ? answer
                : runs.withId(here.current.runId()).chain(run -> run.isPresent()
                        ? answer
                        : prepare(old, actor).chain(plan -> plan.run == null ? answer : runs.insertOnce(plan.run).chain(() -> answer)));
    }

    /**
     * Everything that is to be written.
     *
     * @param run null when nothing of it was sent
     */
    private record Plan(OldCampaign old, CampaignDocument campaign, RunDocument run, List<ReachedPage> pages, List<String> notes) {
    }

    private Uni<Plan> prepare(OldCampaign old, Actor actor) {
        Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
        List<String> unresolved = old.recipients().stream()
                .filter(recipient -> recipient.address() == null && recipient.verdict() != OldRecipient.Verdict.OPEN)
                .map(OldRecipient::customer).distinct().toList();
        return audience(old.customerIds()).invoke(audience -> old.campaign().audience = audience)
                .chain(() -> check.findings(old.campaign())).chain(content -> customers.of(unresolved).map(known -> {
                    List<FieldError> findings = Stream.concat(old.findings().stream(), content.stream()).toList();
                    ReachedAddresses reached = new ReachedAddresses(old.campaign().channels, known,
                            new AddressNormaliser(config.defaultRegion())).addAll(old.recipients());
                    return plan(old, Fate.of(old, findings, now), reached, actor, now);
                }));
    }

    private Uni<CampaignDocument.Audience> audience(List<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(CampaignDocument.Audience.NOBODY)
                : segments.store(ids).map(stored -> CampaignDocument.Audience.segment(stored.segment(), stored.size()));
    }

    private Plan plan(OldCampaign old, Fate fate, ReachedAddresses reached, Actor actor, Instant now) {
        CampaignDocument campaign = old.campaign();
        List<String> notes = new ArrayList<>(fate.notes());
        campaign.rev = 1;
        campaign.status = fate.status();
        campaign.pausedFrom = fate.pausedFrom();
        campaign.nextRunAt = fate.pausedFrom() == CampaignStatus.SCHEDULED ? campaign.startDate : null;
        campaign.lastOccurrence = old.recurring() ? old.lastRunAt() : null;
        people(campaign, old, actor, notes, now);
        List<ReachedPage> reachedPages = List.of();
        RunDocument run = null;
        if (fate.run() != null) {
            campaign.current = MovedRun.occurrence(old).orElse(null);
            if (campaign.current == null) {
                return new Plan(old, null, null, List.of(), List.of("something of it was sent, and it has no date at all: no startDate,"
                        + " lastExecuted or createdAt"));
            }
            reachedPages = ReachedPage.of(campaign.current.runId(), reached, now);
            run = run(old, fate, reachedPages, now);
            notes.addAll(reached.notes());
        }
        campaign.lastChange = AuditDocument.of(campaign.id, actor.name(), now, null, campaign.status,
                "moved in from the system before, where it was " + String.join("; ",
                        Stream.concat(Stream.of(old.status().wire()), fate.notes().stream()).toList()));
        notes.addAll(old.notes());
        return new Plan(old, campaign, run, reachedPages, notes);
    }

    private static void people(CampaignDocument campaign, OldCampaign old, Actor actor, List<String> notes, Instant now) {
        if (campaign.createdBy == null) {
            campaign.createdBy = actor.name();
            notes.add("nobody knows who wrote it: it is %s's now".formatted(actor.name()));
        }
        campaign.authors = List.of(campaign.createdBy);
        campaign.createdAt = campaign.createdAt == null ? now : campaign.createdAt;
        campaign.updatedAt = now;
        boolean approved = switch (campaign.status) {
            case DRAFT, PENDING_APPROVAL, REJECTED -> false;
            default -> true;
        };
        campaign.approvedHash = approved ? ContentHash.of(campaign) : null;
        if (approved && campaign.approvedBy == null) {
            notes.add("nobody knows who approved it there");
        }
        if (!approved) {
            campaign.approvedBy = null;
            campaign.approvedAt = null;
        }
    }

    private RunDocument run(OldCampaign old, Fate fate, List<ReachedPage> reached, Instant now) {
        CampaignDocument campaign = old.campaign();
        Instant started = campaign.current.scheduledFor().isBefore(now) ? campaign.current.scheduledFor() : now;
        RunDocument ended = frozen.ofCurrent(campaign, started);
        MovedRun.end(ended, fate.run(), old, reached, "sent by the system before");
        campaign.performance = CampaignPerformance.of(ended);
        return fate.run() == RunState.PLANNING ? frozen.ofCurrent(campaign, started) : ended;
    }

    private Uni<MigrationReport> write(Plan plan) {
        if (plan.campaign == null) {
            return refused(plan.old, plan.notes);
        }
        return pages.write(plan.pages).chain(same -> same
                ? campaigns.insert(plan.campaign).chain(() -> transitions.append(plan.campaign.lastChange))
                        .chain(() -> plan.run == null ? Uni.createFrom().item(true) : runs.insertOnce(plan.run))
                        .replaceWith(report(plan.old, plan.campaign.status, "created", plan.notes))
                        .onFailure(Duplicates::isDuplicateKey)
                        .recoverWithItem(report(plan.old, plan.campaign.status, "unchanged", List.of()))
                : refused(plan.old, List.of("an earlier pass was interrupted and wrote other addresses of it than this document has:"
                        + " take the same document again")));
    }

    private static Uni<MigrationReport> refused(OldCampaign old, List<String> notes) {
        return Uni.createFrom().item(report(old, null, "refused", notes));
    }

    private static Uni<MigrationReport> unchanged(OldCampaign old, CampaignStatus status, List<String> notes) {
        return Uni.createFrom().item(report(old, status, "unchanged", notes));
    }

    private static MigrationReport report(OldCampaign old, CampaignStatus status, String outcome, List<String> notes) {
        return new MigrationReport(old.campaign().id, old.campaign().name, old.status().wire(), status == null ? null : status.wire(),
                outcome, notes);
    }
}
