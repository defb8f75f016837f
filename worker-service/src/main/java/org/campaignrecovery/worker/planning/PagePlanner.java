package org.campaignrecovery.worker.planning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.crash.CrashPoint;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.erasure.ErasureRepository;
import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.trace.Branch;
import org.campaignrecovery.ledger.trace.Step;
import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.batch.BatchId;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryId;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.generation.Restoration;
import org.campaignrecovery.model.planning.PageRules;
import org.campaignrecovery.model.planning.Share;
import org.campaignrecovery.worker.batch.BatchPublisher;
import org.campaignrecovery.worker.batch.BatchRepository;
import org.campaignrecovery.worker.delivery.DeliveryRepository;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Plans a page that is frozen: its deliveries (inserting them is the deduplication), its batches, then the page itself; then it rings.
 * Every step can be repeated by anybody. Who was erased is asked for after the deliveries are there and before their batch is, before
 * which nobody can claim them: an erasure that was not asked for by then finds the deliveries in the ledger.
 */
@ApplicationScoped
class PagePlanner {
    private final DeliveryRepository deliveries;
    private final BatchRepository batches;
    private final PageRepository pages;
    private final BatchPublisher publisher;
    private final ErasureRepository erasures;
    private final Continuity continuity;
    private final LedgerClock clock;

    PagePlanner(DeliveryRepository deliveries, BatchRepository batches, PageRepository pages, BatchPublisher publisher,
            ErasureRepository erasures, Continuity continuity, LedgerClock clock) {
        this.deliveries = deliveries;
        this.batches = batches;
        this.pages = pages;
        this.publisher = publisher;
        this.erasures = erasures;
        this.continuity = continuity;
        this.clock = clock;
    }

    /**
     * Plans the page and answers with the number of its batches.
     *
     * @param trace where the planning was taken
     */
    Uni<Integer> plan(RunDocument run, PageDocument page, Branch trace) {
        return trace.around(Step.inside("plan page").run(run.id).page(page.n()), here -> carryOut(run, page, here));
    }

    private Uni<Integer> carryOut(RunDocument run, PageDocument page, Branch trace) {
        List<BatchPlan> plans = run.frozen.channels().stream()
                .map(channel -> BatchPlan.of(run, page, channel, clock.now()).under(continuity.doubts(run.scheduledFor)))
                .filter(plan -> !plan.deliveries.isEmpty()).toList();
        return Multi.createFrom().iterable(plans).onItem().transformToUniAndConcatenate(plan -> insert(run, plan)).collect().asList()
                .chain(inserted -> close(page, inserted, trace));
    }

    private Uni<InsertedBatch> insert(RunDocument run, BatchPlan plan) {
        List<String> wanted = plan.deliveries.stream().map(DeliveryDocument::id).toList();
        return deliveries.insertMissing(plan.deliveries)
                .map(existing -> new InsertedBatch(plan, Share.of(plan.id, wanted, existing)))
                .invoke(CrashPoint.DELIVERIES_INSERTED::reach)
                .call(inserted -> inserted.share.own().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : erase(run, inserted).chain(erased -> batches.insertOnce(BatchDocument.ready(plan.id, plan.run, plan.channel,
                                inserted.share.own(), plan.state(), clock.now())).chain(() -> counted(plan, erased))))
                .invoke(CrashPoint.BATCH_INSERTED::reach);
    }

    /** Whether there was anything to erase among the page's own deliveries. */
    private Uni<Boolean> erase(RunDocument run, InsertedBatch inserted) {
        Map<String, String> customers = new LinkedHashMap<>();
        List<String> places = new ArrayList<>();
        List<String> own = inserted.share.own();
        for (DeliveryDocument delivery : inserted.plan.deliveries) {
            if (delivery.anonymised() != null) {
                places.add(delivery.id());
            } else {
                customers.put(delivery.id(), delivery.customer());
            }
        }
        return erasures.among(Set.copyOf(customers.values()), run.scheduledFor).chain(erased -> {
            customers.forEach((id, customer) -> {
                if (erased.contains(customer)) {
                    places.add(id);
                }
            });
            places.retainAll(Set.copyOf(own));
            return places.isEmpty()
                    ? Uni.createFrom().item(false)
                    : deliveries.modified(DeliveryRules.cancelAnonymised(places, DeliveryDocument.ERASED, clock.now()))
                            .chain(() -> deliveries.modified(DeliveryRules.anonymise(places, clock.now()))).replaceWith(true);
        });
    }

    /** A batch begins with counts as if all its members waited. */
    private Uni<Void> counted(BatchPlan plan, boolean erased) {
        return erased
                ? batches.won(BatchRules.announceLate(plan.id)).chain(() -> batches.won(BatchRules.lateWritten(plan.id))).replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    private Uni<Integer> close(PageDocument page, List<InsertedBatch> inserted, Branch trace) {
        Map<String, Skips> skipped = new LinkedHashMap<>(page.skipped());
        List<String> ids = new ArrayList<>();
        for (InsertedBatch batch : inserted) {
            skipped.computeIfPresent(batch.plan.channel.wire(), (channel, skips) -> skips.plusDuplicates(batch.share.duplicates()));
            if (!batch.share.own().isEmpty()) {
                ids.add(batch.plan.id);
            }
        }
        return pages.won(PageRules.planned(page.id(), ids, skipped)).invoke(CrashPoint.PAGE_PLANNED::reach)
                .invoke(() -> ids.forEach(id -> publisher.ringSoon(id, trace))).invoke(CrashPoint.PAGE_RUNG::reach).replaceWith(ids.size());
    }

    /** The deliveries that a page wants on a channel. */
    private record BatchPlan(String id, String run, Channel channel, List<DeliveryDocument> deliveries) {

        static BatchPlan of(RunDocument run, PageDocument page, Channel channel, Instant now) {
            String id = new BatchId(run.id, page.n(), channel).toString();
            List<DeliveryDocument> wanted = new ArrayList<>();
            for (PageDocument.Row row : page.rows()) {
                if (row.erased() != null) {
                    Optional.ofNullable(row.erased().get(channel.wire()))
                            .ifPresent(place -> wanted.add(DeliveryDocument.erased(place, run.id, id, channel, now)));
                    continue;
                }
                String address = row.addresses().get(channel.wire());
                if (address != null) {
                    wanted.add(DeliveryDocument.pending(DeliveryId.of(run.id, channel, address), run.id, id, channel, address,
                            row.customer(), row.data(), now));
                }
            }
            return new BatchPlan(id, run.id, channel, wanted);
        }

        /** What may have been sent by a ledger that was lost is planned, so that somebody can see it, and claimed by nobody. */
        BatchPlan under(Optional<Restoration> restoration) {
            return restoration.isEmpty()
                    ? this
                    : new BatchPlan(id, run, channel,
                            deliveries.stream().map(one -> one.anonymised() == null ? one.inDoubt(Restoration.REASON) : one).toList());
        }

        DeliveryState state() {
            return deliveries.stream().filter(one -> one.anonymised() == null).map(DeliveryDocument::state).findFirst()
                    .orElse(DeliveryState.CANCELLED);
        }
    }

    private record InsertedBatch(BatchPlan plan, Share share) {
    }
}
