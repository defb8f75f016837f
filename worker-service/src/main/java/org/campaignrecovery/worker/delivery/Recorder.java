package org.campaignrecovery.worker.delivery;

import static org.campaignrecovery.model.guard.Condition.equal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.evidence.DoubtMeters;
import org.campaignrecovery.ledger.evidence.EvidenceDocument;
import org.campaignrecovery.ledger.evidence.EvidenceRepository;
import org.campaignrecovery.ledger.evidence.ProviderEvidence;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.delivery.ClaimToken;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryRules.Released;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.model.evidence.EvidenceId;
import org.campaignrecovery.model.evidence.EvidenceRules;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.worker.batch.BatchHold;
import org.campaignrecovery.worker.batch.BatchRepository;
import org.campaignrecovery.worker.delivery.DeliveryRepository.Standing;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * R2 and R3: writes down what became of a group, again and again until the ledger acknowledges it. An outage of the ledger therefore
 * keeps outcomes in memory, never in doubt.
 */
@ApplicationScoped
public class Recorder {
    private static final Logger LOG = Logger.getLogger(Recorder.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);

    private final DeliveryRepository deliveries;
    private final BatchRepository batches;
    private final EvidenceRepository evidence;
    private final ProviderEvidence acceptances;
    private final DoubtMeters doubts;
    private final DeliveryMeters meters;
    private final LedgerClock clock;

    Recorder(DeliveryRepository deliveries, BatchRepository batches, EvidenceRepository evidence, ProviderEvidence acceptances,
            DoubtMeters doubts, DeliveryMeters meters, LedgerClock clock) {
        this.deliveries = deliveries;
        this.batches = batches;
        this.evidence = evidence;
        this.acceptances = acceptances;
        this.doubts = doubts;
        this.meters = meters;
        this.clock = clock;
    }

    /** Completes when the end of every attempt is acknowledged; those without an outcome are released. */
    Uni<Void> record(BatchHold hold, ClaimToken token, List<GroupWork.Attempt> ended, Released notHandedOver) {
        Map<Outcome, List<String>> byOutcome = new LinkedHashMap<>();
        List<String> kept = new ArrayList<>();
        for (GroupWork.Attempt attempt : ended) {
            if (attempt.outcome() == null) {
                kept.add(attempt.delivery());
            } else {
                byOutcome.computeIfAbsent(attempt.outcome(), outcome -> new ArrayList<>()).add(attempt.delivery());
            }
        }
        Uni<Void> outcomes = byOutcome.isEmpty()
                ? Uni.createFrom().voidItem()
                : persistently(hold, () -> recordOutcomes(hold, token, byOutcome));
        return kept.isEmpty() ? outcomes : outcomes.chain(() -> release(hold, token, kept, notHandedOver));
    }

    /** Completes when the release is acknowledged. */
    Uni<Void> release(BatchHold hold, ClaimToken token, Collection<String> ids, Released to) {
        return persistently(hold, () -> deliveries.modified(DeliveryRules.release(ids, token, to, clock.now()))
                .chain(modified -> modified == ids.size() ? Uni.createFrom().voidItem() : clearDoubt(hold, token, ids)))
                .invoke(() -> moved(hold, ids, to.state()));
    }

    /** Some were swept into doubt before they could be released; it is known that they were never handed over. */
    private Uni<Void> clearDoubt(BatchHold hold, ClaimToken token, Collection<String> ids) {
        Outcome never = new Outcome.RefusedForNow("never handed to the provider", clock.now());
        return deliveries.standing(ids).chain(found -> Multi.createFrom().iterable(found)
                .filter(delivery -> delivery.state() == DeliveryState.IN_DOUBT && token.toString().equals(delivery.claim())).onItem()
                .transformToUniAndConcatenate(delivery -> recordLate(hold, token, delivery, never)).collect().asList().replaceWithVoid());
    }

    /** One update when all have the same outcome, otherwise all updates in one round trip. */
    private Uni<Void> recordOutcomes(BatchHold hold, ClaimToken token, Map<Outcome, List<String>> byOutcome) {
        int expected = byOutcome.values().stream().mapToInt(List::size).sum();
        Uni<Long> recorded = byOutcome.size() == 1
                ? deliveries.modified(only(byOutcome, token))
                : deliveries.modifiedInBulk(one(byOutcome, token));
        return recorded.chain(modified -> modified == expected ? Uni.createFrom().voidItem() : recordLate(hold, token, byOutcome))
                .invoke(() -> byOutcome.forEach((outcome, ids) -> moved(hold, ids, outcome.state())));
    }

    private void moved(BatchHold hold, Collection<String> ids, DeliveryState to) {
        hold.moved(ids, to);
        meters.moved(hold.channel(), to, ids.size());
    }

    private GuardedUpdate only(Map<Outcome, List<String>> byOutcome, ClaimToken token) {
        var entry = byOutcome.entrySet().iterator().next();
        return DeliveryRules.record(entry.getValue(), token, entry.getKey(), clock.now());
    }

    private List<GuardedUpdate> one(Map<Outcome, List<String>> byOutcome, ClaimToken token) {
        return byOutcome.entrySet().stream().flatMap(entry -> entry.getValue().stream()
                .map(id -> DeliveryRules.record(List.of(id), token, entry.getKey(), clock.now()))).toList();
    }

    /** Some were no longer waiting (or an earlier try of this very write had landed): look which, and write what is true late. */
    private Uni<Void> recordLate(BatchHold hold, ClaimToken token, Map<Outcome, List<String>> byOutcome) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        byOutcome.forEach((outcome, ids) -> ids.forEach(id -> outcomes.put(id, outcome)));
        return deliveries.standing(outcomes.keySet()).chain(found -> Multi.createFrom().iterable(found)
                .onItem().transformToUniAndConcatenate(delivery -> recordLate(hold, token, delivery, outcomes.get(delivery.id())))
                .collect().asList().replaceWithVoid());
    }

    /** Of what is anonymised meanwhile the provider's words, which may quote the address, are not written down any more. */
    private Uni<Void> recordLate(BatchHold hold, ClaimToken token, Standing delivery, Outcome told) {
        Outcome outcome = delivery.anonymised() == null ? told : told.withoutWords();
        boolean latest = token.toString().equals(delivery.claim());
        if (latest && delivery.state() == outcome.state()) {
            return Uni.createFrom().voidItem();
        }
        if (latest && outcome.winsLateOver().contains(delivery.state())) {
            GuardedUpdate late = DeliveryRules.recordLate(delivery.id(), token, outcome, clock.now())
                    .and(equal("anonymised", delivery.anonymised()));
            return batches.won(BatchRules.announceLate(hold.id())).chain(() -> deliveries.won(late))
                    .call(() -> batches.won(BatchRules.lateWritten(hold.id())))
                    .chain(won -> won ? Uni.createFrom().voidItem() : lost(hold, token, delivery, outcome));
        }
        return note(hold, token, delivery, outcome);
    }

    private Uni<Void> lost(BatchHold hold, ClaimToken token, Standing seen, Outcome outcome) {
        return deliveries.standing(List.of(seen.id())).chain(found -> anonymised(found) && seen.anonymised() == null
                ? recordLate(hold, token, found.get(0), outcome)
                : note(hold, token, seen, outcome));
    }

    private static boolean anonymised(List<Standing> found) {
        return found.stream().anyMatch(delivery -> delivery.anonymised() != null);
    }

    /** Appended, then looked at again: an erasure that did not find the evidence is found by us. */
    private Uni<Void> append(EvidenceDocument document) {
        return evidence.append(document).chain(() -> deliveries.standing(List.of(document.delivery()))).chain(found -> anonymised(found)
                ? evidence.modified(EvidenceRules.anonymise(List.of(document.delivery()))).replaceWithVoid()
                : Uni.createFrom().voidItem());
    }

    private Uni<Void> note(BatchHold hold, ClaimToken token, Standing delivery, Outcome outcome) {
        Uni<Void> noted = append(new EvidenceDocument(EvidenceId.worker(token, delivery.id()), delivery.id(), token.toString(),
                outcome.state().wire(), outcome.toString(), clock.now()));
        return outcome instanceof Outcome.Accepted && !token.toString().equals(delivery.claim())
                ? noted.call(
                        () -> acceptances.possiblyTwice(hold.batch().run(), hold.id(), delivery.id(), token.toString()).invoke(news -> {
                            if (news) {
                                doubts.possiblyTwice(hold.channel());
                            }
                        }))
                : noted;
    }

    private static Uni<Void> persistently(BatchHold hold, Supplier<Uni<Void>> write) {
        return Uni.createFrom().deferred(write::get).onFailure()
                .invoke(failure -> LOG.warnf("batch=%s the ledger did not take an outcome (%s): it is kept and written again", hold.id(),
                        failure.getMessage()))
                .onFailure().retry().withBackOff(FIRST_RETRY, LONGEST_RETRY).indefinitely();
    }
}
