package org.campaignrecovery.api.order;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.jboss.logging.Logger;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;

/**
 * Orders to send something of a completed run again. An order is written into the run first, then into the batches concerned; dying in
 * between, {@link OrderSweep} does the rest. Whoever leases such a batch carries it out once.
 */
@ApplicationScoped
class RunOrders {
    private static final Logger LOG = Logger.getLogger(RunOrders.class);
    /** A run whose counts are taken again between our look and our update is looked at again, so often. */
    private static final int TRIES = 5;

    private final OrderedRunRepository runs;
    private final CampaignRepository campaigns;
    private final ConcernedRepository deliveries;
    private final Placing placing;
    private final LedgerClock clock;

    RunOrders(OrderedRunRepository runs, CampaignRepository campaigns, ConcernedRepository deliveries, Placing placing,
            LedgerClock clock) {
        this.runs = runs;
        this.campaigns = campaigns;
        this.deliveries = deliveries;
        this.placing = placing;
        this.clock = clock;
    }

    Uni<RunDocument> found(String runId) {
        return runs.byId(runId).map(run -> {
            if (run == null) {
                throw ProblemType.NOT_FOUND.problem("there is no run with this id");
            }
            return run;
        });
    }

    /** What has failed is tried again. */
    Uni<OrderAnswer> retryFailed(String runId, String who, String why) {
        List<DeliveryState> failed = List.of(DeliveryState.FAILED);
        return ready(runId).chain(() -> deliveries.sendable(runId, failed)).call(n -> give(runId, n, failed, null, who, why))
                .map(n -> new OrderAnswer(runId, "retry", n, List.of()));
    }

    /**
     * What is in doubt is sent again, marked.
     *
     * @param ids or null for all
     */
    Uni<OrderAnswer> resend(String runId, List<String> ids, String who, String why) {
        List<DeliveryState> doubt = List.of(DeliveryState.IN_DOUBT);
        String decision = OrderRequest.Decision.RESEND.wire();
        if (ids == null) {
            return ready(runId).chain(() -> deliveries.sendable(runId, doubt)).call(n -> give(runId, n, doubt, null, who, why))
                    .map(n -> new OrderAnswer(runId, decision, n, List.of()));
        }
        return ready(runId).chain(() -> deliveries.sendableAmong(ids, runId, doubt)).map(RunOrders::ids)
                .call(concerned -> give(runId, concerned.size(), doubt, ids.stream().filter(concerned::contains).toList(), who, why))
                .map(concerned -> new OrderAnswer(runId, decision, concerned.size(), without(ids, concerned)));
    }

    static Set<String> ids(Map<String, List<ConcernedRepository.Concerned>> byBatch) {
        return byBatch.values().stream().flatMap(List::stream).map(ConcernedRepository.Concerned::id).collect(Collectors.toSet());
    }

    static List<String> without(List<String> ids, Set<String> concerned) {
        return ids.stream().filter(id -> !concerned.contains(id)).toList();
    }

    private Uni<Void> give(String runId, long concerned, List<DeliveryState> from, List<String> ids, String who, String why) {
        if (concerned == 0) {
            return Uni.createFrom().voidItem();
        }
        Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
        return give(runId, new RunDocument.Order(from, ids, who, now, why), TRIES).chain(runs::byId).chain(placing::place).onFailure(
                failure -> !(failure instanceof HttpProblem))
                .invoke(failure -> LOG.warnf("the order of run=%s is not placed yet (%s): a sweep does the rest", runId,
                        failure.getMessage()));
    }

    private Uni<String> give(String runId, RunDocument.Order order, int triesLeft) {
        return ready(runId).chain(run -> runs.order(run, order)).chain(won -> {
            if (won) {
                LOG.infof("ordered run=%s from=%s by=%s", runId, order.from().get(0).wire(), order.who());
                return Uni.createFrom().item(runId);
            }
            if (triesLeft > 1) {
                return give(runId, order, triesLeft - 1);
            }
            throw ProblemType.CONFLICT.problem("the run changes too often just now, try again");
        });
    }

    /** The run, as long as something of it may be sent again; a problem with a sentence otherwise. */
    private Uni<RunDocument> ready(String runId) {
        return found(runId).call(run -> {
            requireAddresses(run);
            requireCompleted(run);
            return campaigns.withId(run.campaignId).invoke(campaign -> requireSending(run, campaign.orElse(null)))
                    .chain(() -> runs.hasEnd(runId)).invoke(RunOrders::requireEnd);
        });
    }

    /** Nothing can be sent, nor found out, about people of whom nothing is known any more. */
    static void requireAddresses(RunDocument run) {
        refuse(run.anonymised == null
                ? null
                : "the run is kept without personal data since %s: there is nobody left to send to".formatted(run.anonymised));
    }

    private static void requireCompleted(RunDocument run) {
        String sentence = switch (run.state) {
            case COMPLETED -> null;
            case PLANNING, SENDING -> "the run is still under way: give the order when it is completed";
            case CANCELLED -> "the run was cancelled: nothing of it may be sent any more";
            case FAILED -> "the run has failed: its campaign can be run now, which goes on with it";
            case MISSED -> "the run was missed: its campaign can be run now";
        };
        refuse(sentence);
    }

    private void requireSending(RunDocument run, CampaignDocument campaign) {
        if (campaign == null || campaign.status == CampaignStatus.CANCELLED) {
            refuse("its campaign was cancelled: nothing of it may be sent any more");
        } else if (campaign.status == CampaignStatus.FAILED || campaign.status == CampaignStatus.MISSED) {
            refuse("its campaign is %s and sends nothing: run it now first".formatted(campaign.status.wire()));
        }
        if (run.frozen.endDate() != null && !run.frozen.endDate().isAfter(clock.now())) {
            refuse("its end date %s has passed: nothing of it may be sent any more".formatted(run.frozen.endDate()));
        }
    }

    private static void requireEnd(boolean there) {
        refuse(there ? null : "another system has sent this run: nothing of it can be sent from here");
    }

    private static void refuse(String sentence) {
        if (sentence != null) {
            throw ProblemType.CONFLICT.problem(sentence);
        }
    }
}
