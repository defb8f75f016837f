package org.campaignrecovery.ledger.campaign;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;
import static org.campaignrecovery.model.guard.Change.assign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.crash.CrashPoint;
import org.campaignrecovery.ledger.guard.Guards;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.campaign.CampaignRules;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.campaign.CampaignType;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.run.RunState;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

/**
 * A campaign leaves {@code processing} once its run has ended, and its performance is taken from its runs. Both services do it, the
 * worker at once and the api's sweep when the worker could not. The campaign is read before its runs are added up, and left at the revision
 * that was read: late evidence that changes a run raises it ({@link CampaignResults}), so that no sum of before it stays.
 */
@ApplicationScoped
public class CampaignDeparture {
    private static final Logger LOG = Logger.getLogger(CampaignDeparture.class);
    private static final Bson SCHEDULE = include("rev", "type", "schedule", "startDate", "endDate", "timeZone", "lastOccurrence");

    private final CampaignTransitions transitions;
    private final ReactiveMongoCollection<CampaignDocument> campaigns;
    private final ReactiveMongoCollection<RunDocument> runs;

    public CampaignDeparture(CampaignTransitions transitions, ReactiveMongoClient mongo,
            @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.transitions = transitions;
        this.campaigns = mongo.getDatabase(database).getCollection(CampaignDocument.COLLECTION, CampaignDocument.class);
        this.runs = mongo.getDatabase(database).getCollection(RunDocument.COLLECTION, RunDocument.class);
    }

    /**
     * Moves the run's campaign on.
     *
     * @param run a run that has ended, with its totals
     * @param now on the ledger's clock
     * @return whether this call did it; false when the run has not ended, or when somebody else was first or has changed the campaign: the
     *         sweep looks again
     */
    public Uni<Boolean> depart(RunDocument run, Instant now) {
        if (run.state != RunState.COMPLETED && run.state != RunState.FAILED && run.state != RunState.CANCELLED) {
            return Uni.createFrom().item(false);
        }
        return campaigns.find(eq("_id", run.campaignId), new FindOptions().projection(SCHEDULE)).collect().first()
                .chain(campaign -> campaign == null ? Uni.createFrom().item(false) : moveOn(campaign, run, now));
    }

    private Uni<Boolean> moveOn(CampaignDocument campaign, RunDocument run, Instant now) {
        return run.state == RunState.CANCELLED
                ? account(campaign, now)
                : ended(run).chain(still -> destination(run, campaign, now).filter(to -> still).map(to -> depart(run, to, now))
                        .orElseGet(() -> Uni.createFrom().item(false)));
    }

    /** A failed run may have been opened again since it was read; looked at after the campaign, whose revision the change then guards. */
    private Uni<Boolean> ended(RunDocument run) {
        return run.state != RunState.FAILED
                ? Uni.createFrom().item(true)
                : runs.find(eq("_id", run.id), new FindOptions().projection(include("state"))).collect().first()
                        .map(now -> now != null && now.state == RunState.FAILED);
    }

    /**
     * Where the end of {@code run} leads its campaign; empty while it has not ended, or when the campaign was moved along with it. A run by
     * hand changes nothing about the occurrences that are still to come: they follow the latest one that was handled.
     *
     * @param campaign null when there is none
     */
    static Optional<Destination> destination(RunDocument run, CampaignDocument campaign, Instant now) {
        if (campaign == null) {
            return Optional.empty();
        }
        return switch (run.state) {
            case COMPLETED -> Optional.of(afterSuccess(campaign, now));
            case FAILED -> Optional.of(new Destination(CampaignStatus.FAILED, null, campaign.rev));
            case PLANNING, SENDING, CANCELLED, MISSED -> Optional.empty();
        };
    }

    private static Destination afterSuccess(CampaignDocument campaign, Instant now) {
        boolean endsLater = campaign.endDate != null && now.isBefore(campaign.endDate);
        if (campaign.type == CampaignType.RECURRING && (campaign.endDate == null || endsLater)) {
            Optional<Instant> next = CampaignOccurrences.unhandled(campaign);
            if (next.isPresent()) {
                return new Destination(CampaignStatus.SCHEDULED, next.get(), campaign.rev);
            }
        }
        return new Destination(endsLater ? CampaignStatus.RUNNING : CampaignStatus.COMPLETED, null, campaign.rev);
    }

    /**
     * @param next the next occurrence of a campaign that is scheduled again, else null
     * @param seenRev the campaign's revision
     */
    record Destination(CampaignStatus to, Instant next, long seenRev) {

        GuardedUpdate leaving(RunDocument run, Instant now) {
            return switch (to) {
                case SCHEDULED -> CampaignRules.rearm(run.campaignId, run.id, seenRev, next, now);
                default -> CampaignRules.leave(run.campaignId, run.id, to, seenRev, now);
            };
        }

        String said() {
            return switch (to) {
                case FAILED -> "failed";
                case RUNNING -> "executed successfully, waiting for its end date";
                case SCHEDULED -> "executed successfully, scheduled for=" + next;
                default -> "completed";
            };
        }
    }

    private Uni<Boolean> depart(RunDocument run, Destination to, Instant now) {
        return performance(run.campaignId)
                .chain(performance -> transitions.apply(to.leaving(run, now).with(assign("performance", performance)),
                        AuditDocument.of(run.campaignId, AuditDocument.SYSTEM, now, CampaignStatus.PROCESSING, to.to(), reason(run))))
                .map(before -> {
                    CrashPoint.CAMPAIGN_LEFT.reach();
                    before.ifPresent(b -> LOG.infof("%s campaign=%s name=\"%s\" run=%s", to.said(), b.id, b.name, run.id));
                    return before.isPresent();
                });
    }

    /** The campaign of a run that was cancelled goes nowhere any more, it only gets its results. */
    private Uni<Boolean> account(CampaignDocument campaign, Instant now) {
        return performance(campaign.id).map(performance -> CampaignRules.cancelledWith(campaign.id, campaign.rev, now)
                .with(assign("performance", performance)))
                .chain(update -> campaigns.updateOne(Guards.filter(update), Guards.update(update)))
                .map(result -> result.getModifiedCount() == 1);
    }

    /** Over all runs of the campaign, so that it is right however often it is taken. */
    Uni<CampaignDocument.Performance> performance(String campaignId) {
        return runs
                .find(eq("campaignId", campaignId), new FindOptions().projection(include("state", "totals", "firstSentAt", "lastSentAt")))
                .collect().asList().map(CampaignDeparture::performance);
    }

    static CampaignDocument.Performance performance(List<RunDocument> runs) {
        return runs.stream().filter(run -> run.totals != null).map(CampaignPerformance::of)
                .reduce(CampaignPerformance.NONE, CampaignPerformance::plus);
    }

    private static String reason(RunDocument run) {
        return run.reason != null ? run.reason : "the run " + run.id + " has ended";
    }
}
