package org.campaignrecovery.ledger.campaign;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;
import static org.campaignrecovery.model.guard.Change.assign;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.campaign.CampaignRules;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

/**
 * A campaign leaves {@code processing} once its run has ended, and its performance is taken from its runs. Both services do it, the
 * worker at once and the api's sweep when the worker could not.
 */
@ApplicationScoped
public class CampaignDeparture {
    private static final Logger LOG = Logger.getLogger(CampaignDeparture.class);

    private final CampaignTransitions transitions;
    private final ReactiveMongoCollection<RunDocument> runs;

    public CampaignDeparture(CampaignTransitions transitions, ReactiveMongoClient mongo,
            @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.transitions = transitions;
        this.runs = mongo.getDatabase(database).getCollection(RunDocument.COLLECTION, RunDocument.class);
    }

    /**
     * Moves the run's campaign on.
     *
     * @param run a run that has ended, with its totals
     * @param now on the ledger's clock
     * @return whether this call did it; false when the run has not ended, or when somebody else was first
     */
    public Uni<Boolean> depart(RunDocument run, Instant now) {
        return destination(run, now).map(to -> depart(run, to, now)).orElseGet(() -> Uni.createFrom().item(false));
    }

    /** Where the end of {@code run} leads its campaign; empty while it has not ended, or when the campaign was moved along with it. */
    static Optional<CampaignStatus> destination(RunDocument run, Instant now) {
        return switch (run.state) {
            case COMPLETED -> Optional.of(endsLater(run, now) ? CampaignStatus.RUNNING : CampaignStatus.COMPLETED);
            case FAILED -> Optional.of(CampaignStatus.FAILED);
            case PLANNING, SENDING, CANCELLED, MISSED -> Optional.empty();
        };
    }

    private static boolean endsLater(RunDocument run, Instant now) {
        return run.frozen.endDate() != null && now.isBefore(run.frozen.endDate());
    }

    private Uni<Boolean> depart(RunDocument run, CampaignStatus to, Instant now) {
        return performance(run.campaignId)
                .chain(performance -> transitions.apply(
                        CampaignRules.leave(run.campaignId, run.id, to, now).with(assign("performance", performance)),
                        AuditDocument.of(run.campaignId, AuditDocument.SYSTEM, now, CampaignStatus.PROCESSING, to, reason(run))))
                .map(before -> {
                    before.ifPresent(b -> LOG.infof("%s campaign=%s name=\"%s\" run=%s", to == CampaignStatus.FAILED
                            ? "failed"
                            : to == CampaignStatus.RUNNING ? "executed successfully, waiting for its end date" : "completed", b.id, b.name,
                            run.id));
                    return before.isPresent();
                });
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
