package org.campaignrecovery.api.order;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.campaign.CampaignTransitions;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.evidence.DoubtMeters;
import org.campaignrecovery.ledger.evidence.EvidenceDocument;
import org.campaignrecovery.ledger.evidence.EvidenceRepository;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.batch.BatchId;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.evidence.EvidenceId;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * An operator knows what became of messages in doubt: their word is evidence, written down as any other, and no message follows from it.
 * Batch by batch; dying in between, the same order again does the rest. Workers count what was marked dirty again.
 */
@ApplicationScoped
class DoubtResolution {
    private static final Logger LOG = Logger.getLogger(DoubtResolution.class);
    private static final List<DeliveryState> DOUBT = List.of(DeliveryState.IN_DOUBT);

    private final ConcernedRepository deliveries;
    private final OrderedBatchRepository batches;
    private final EvidenceRepository evidence;
    private final CampaignTransitions audit;
    private final DoubtMeters meters;
    private final LedgerClock clock;

    DoubtResolution(ConcernedRepository deliveries, OrderedBatchRepository batches, EvidenceRepository evidence, CampaignTransitions audit,
            DoubtMeters meters, LedgerClock clock) {
        this.deliveries = deliveries;
        this.batches = batches;
        this.evidence = evidence;
        this.audit = audit;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * What is decided.
     *
     * @param to sent or failed
     */
    private record Verdict(DeliveryState to, String who, String why, Instant at) {

        String sentence() {
            String said = "%s said so".formatted(who);
            return why == null ? said : said + ": " + why;
        }

        EvidenceDocument about(ConcernedRepository.Concerned one) {
            return new EvidenceDocument(EvidenceId.operator(one.claim(), one.id(), to.wire()), one.id(), one.claim(), to.wire(),
                    sentence(), at);
        }
    }

    /** @param ids or null for all of the run that is in doubt */
    Uni<OrderAnswer> resolve(RunDocument run, DeliveryState to, List<String> ids, String who, String why) {
        Verdict verdict = new Verdict(to, who, why, clock.now().truncatedTo(ChronoUnit.MILLIS));
        String what = "run %s: what is in doubt %s is %s".formatted(run.id, ids == null ? "(all)" : "(%d messages)".formatted(ids.size()),
                to.wire());
        return audit.append(new AuditDocument(UUID.randomUUID().toString(), run.campaignId, who, verdict.at, null, null,
                why == null ? what : what + ": " + why))
                .chain(() -> ids == null ? all(run, verdict) : some(run, ids, verdict))
                .invoke(answer -> LOG.infof("resolved n=%d run=%s as=%s by=%s", answer.messages(), run.id, to.wire(), who));
    }

    private Uni<OrderAnswer> all(RunDocument run, Verdict verdict) {
        return deliveries.batches(run.id, DOUBT).onItem()
                .transformToUniAndConcatenate(batch -> deliveries.members(run.id, batch, DOUBT)
                        .chain(members -> write(batch, members, verdict)))
                .collect().in(() -> new long[1], (sum, n) -> sum[0] += n)
                .map(sum -> new OrderAnswer(run.id, verdict.to.wire(), sum[0], List.of()));
    }

    private Uni<OrderAnswer> some(RunDocument run, List<String> ids, Verdict verdict) {
        return deliveries.among(ids, run.id, DOUBT).chain(byBatch -> Multi.createFrom().iterable(byBatch.entrySet()).onItem()
                .transformToUniAndConcatenate(batch -> write(batch.getKey(), batch.getValue(), verdict)).collect().asList()
                .map(written -> {
                    Set<String> concerned = new HashSet<>(RunOrders.ids(byBatch));
                    return new OrderAnswer(run.id, verdict.to.wire(), written.stream().mapToLong(Long::longValue).sum(),
                            RunOrders.without(ids, concerned));
                }));
    }

    /** Marked before the write, so that no change goes uncounted; and after it, as a recount may have come in between. */
    private Uni<Long> write(String batch, List<ConcernedRepository.Concerned> members, Verdict verdict) {
        if (members.isEmpty()) {
            return Uni.createFrom().item(0L);
        }
        return evidence.append(members.stream().map(verdict::about).toList()).chain(() -> batches.announce(batch))
                .chain(() -> deliveries.modifiedInBulk(members.stream()
                        .map(one -> DeliveryRules.resolve(one.id(), one.claim(), verdict.to, verdict.sentence(), verdict.at)).toList()))
                .invoke(written -> meters.resolved(DoubtMeters.Source.OPERATOR, BatchId.parse(batch).channel(), verdict.to, written))
                .call(() -> batches.written(batch));
    }
}
