package org.campaignrecovery.ledger.evidence;

import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.evidence.Acceptance.Effect;
import org.campaignrecovery.ledger.evidence.EvidencedDeliveryRepository.Standing;
import org.campaignrecovery.ledger.run.RunEventDocument;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.delivery.ClaimToken;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.model.evidence.EvidenceId;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * Rule R2 for proofs that come from elsewhere than the attempt itself: appended first, so that one provider id is evidence for one delivery,
 * then written into the delivery while its claim is still the attempt's. May be repeated, and dying in between loses nothing that a
 * repetition does not bring.
 */
@ApplicationScoped
public class ProviderEvidence {
    private static final Logger LOG = Logger.getLogger(ProviderEvidence.class);
    /** A delivery that moves between our look and our update is looked at again, so often. */
    private static final int LOOKS = 5;
    private static final Set<DeliveryState> LATE = new Outcome.Accepted(null).winsLateOver();

    private final EvidenceRepository evidence;
    private final EvidencedDeliveryRepository deliveries;
    private final EvidencedBatchRepository batches;
    private final PossiblyTwiceRepository twice;
    private final LedgerClock clock;

    ProviderEvidence(EvidenceRepository evidence, EvidencedDeliveryRepository deliveries, EvidencedBatchRepository batches,
            PossiblyTwiceRepository twice, LedgerClock clock) {
        this.evidence = evidence;
        this.deliveries = deliveries;
        this.batches = batches;
        this.twice = twice;
        this.clock = clock;
    }

    public Uni<Effect> accepted(Acceptance proof) {
        return deliveries.standing(proof.delivery()).chain(delivery -> saysSo(delivery, proof)
                ? Uni.createFrom().item(Effect.KNOWN)
                : bind(proof).chain(ours -> ours ? apply(proof, delivery, LOOKS) : Uni.createFrom().item(Effect.ANOTHERS)));
    }

    /** Those of a provider's names for messages that are evidence for a delivery, or that a delivery carries. */
    public Uni<Set<String>> known(String provider, Collection<String> providerIds) {
        if (providerIds.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        List<String> names = providerIds.stream().map(id -> EvidenceId.acceptance(provider, id)).toList();
        return deliveries.carried(providerIds).chain(carried -> evidence.among(names).map(found -> {
            Set<String> known = new HashSet<>(carried);
            found.forEach(one -> known.add(one.id().substring(provider.length() + 1)));
            return known;
        }));
    }

    /** An attempt that is no longer the latest of its message was accepted. Whether that was not known yet. */
    public Uni<Boolean> possiblyTwice(String run, String batch, String delivery, String claim) {
        return twice.note(RunEventDocument.possiblyTwice(run, batch, delivery, claim, clock.now())).invoke(news -> {
            if (news) {
                LOG.warnf("possibly twice delivery=%s run=%s: claim=%s was accepted, and it has been claimed again since", delivery, run,
                        claim);
            }
        }).call(() -> deliveries.won(DeliveryRules.possiblyTwice(delivery)));
    }

    private static boolean saysSo(Standing delivery, Acceptance proof) {
        return delivery != null && delivery.state() == DeliveryState.SENT && proof.providerId().equals(delivery.providerId());
    }

    /** Also of a delivery that is not there: a ledger that was restored from a backup may plan it again. */
    private Uni<Boolean> bind(Acceptance proof) {
        EvidenceDocument document = new EvidenceDocument(proof.evidenceId(), proof.delivery(), proof.claim(), DeliveryState.SENT.wire(),
                proof.detail(), clock.now().truncatedTo(ChronoUnit.MILLIS));
        return evidence.append(document).chain(news -> news
                ? Uni.createFrom().item(true)
                : evidence.byId(proof.evidenceId()).map(first -> first.delivery().equals(proof.delivery())).invoke(same -> {
                    if (!same) {
                        LOG.warnf("delivery=%s: %s is evidence for another delivery, and for one only", proof.delivery(),
                                proof.evidenceId());
                    }
                }));
    }

    private Uni<Effect> apply(Acceptance proof, Standing delivery, int looks) {
        if (delivery == null || looks == 0) {
            LOG.warnf("delivery=%s %s is noted and changes nothing: %s", proof.delivery(), proof.evidenceId(),
                    delivery == null ? "there is no such delivery" : "it moves too fast");
            return Uni.createFrom().item(Effect.NOTED);
        }
        Outcome.Accepted accepted = new Outcome.Accepted(proof.providerId());
        if (delivery.claim() == null) {
            return late(proof, delivery, looks, DeliveryRules.recordUnclaimed(delivery.id(), accepted, clock.now()));
        }
        if (!delivery.claim().equals(proof.claim())) {
            return possiblyTwice(delivery.run(), delivery.batch(), delivery.id(), String.valueOf(proof.claim()))
                    .map(news -> news ? Effect.POSSIBLY_TWICE : Effect.KNOWN_TWICE);
        }
        ClaimToken claim = ClaimToken.parse(proof.claim());
        if (delivery.state() == DeliveryState.SENDING) {
            // No batch closes over a member that is being sent: whoever closes it counts what it is by then.
            return deliveries.won(DeliveryRules.record(List.of(delivery.id()), claim, accepted, clock.now()))
                    .chain(won -> won ? Uni.createFrom().item(Effect.RECORDED) : again(proof, looks));
        }
        return late(proof, delivery, looks, DeliveryRules.recordLate(delivery.id(), claim, accepted, clock.now()));
    }

    private Uni<Effect> late(Acceptance proof, Standing delivery, int looks, GuardedUpdate update) {
        if (!LATE.contains(delivery.state())) {
            return Uni.createFrom().item(delivery.state() == DeliveryState.SENT ? Effect.KNOWN : Effect.NOTED);
        }
        Effect effect = delivery.state() == DeliveryState.IN_DOUBT ? Effect.RESOLVED : Effect.RECORDED;
        return batches.won(BatchRules.announceLate(delivery.batch())).chain(() -> deliveries.won(update))
                .call(() -> batches.won(BatchRules.lateWritten(delivery.batch())))
                .chain(won -> won ? Uni.createFrom().item(effect) : again(proof, looks));
    }

    private Uni<Effect> again(Acceptance proof, int looks) {
        return deliveries.standing(proof.delivery()).chain(delivery -> apply(proof, delivery, looks - 1));
    }
}
