package org.campaignrecovery.api.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.erasure.ErasedBatchRepository;
import org.campaignrecovery.api.erasure.ErasedDeliveryRepository;
import org.campaignrecovery.api.erasure.ErasedPageRepository;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.evidence.EvidenceRepository;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.evidence.EvidenceRules;
import org.campaignrecovery.model.planning.PageRules;
import org.campaignrecovery.model.run.RunRules;
import org.campaignrecovery.model.run.RunState;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Takes the personal data out of a run that was over long ago: marked first, so that nothing opens it again; then batch by batch; then its
 * pages; then marked as done. Dying in between, whoever comes next does all of it again, which changes nothing that was done.
 */
@ApplicationScoped
class RunAnonymising {
    private static final Logger LOG = Logger.getLogger(RunAnonymising.class);
    private static final String REASON = "the run failed before it was sent, and is kept without personal data";
    /** No attempt lasts so long. */
    private static final Duration LONGEST_ATTEMPT = Duration.ofHours(1);

    private final RetainedRunRepository runs;
    private final ErasedBatchRepository batches;
    private final ErasedDeliveryRepository deliveries;
    private final ErasedPageRepository pages;
    private final EvidenceRepository evidence;
    private final LedgerClock clock;
    private final Duration pause;

    RunAnonymising(RetainedRunRepository runs, ErasedBatchRepository batches, ErasedDeliveryRepository deliveries,
            ErasedPageRepository pages, EvidenceRepository evidence, LedgerClock clock, RetentionConfig config) {
        this.runs = runs;
        this.batches = batches;
        this.deliveries = deliveries;
        this.pages = pages;
        this.evidence = evidence;
        this.clock = clock;
        this.pause = config.pause();
    }

    /** Does nothing to a run that somebody has opened again since it was seen. */
    Uni<Void> anonymise(RunDocument seen, Instant before) {
        Uni<RunDocument> marked = seen.anonymised != null
                ? Uni.createFrom().item(seen)
                : runs.won(RunRules.anonymise(seen.id, before, now())).chain(() -> runs.byId(seen.id));
        return marked.chain(run -> run == null || run.anonymised == null ? Uni.createFrom().voidItem() : carryOut(run));
    }

    private Uni<Void> carryOut(RunDocument run) {
        return batches.ofRun(run.id)
                .chain(all -> Multi.createFrom().iterable(all).onItem()
                        .transformToUniAndConcatenate(batch -> batch(run, batch).onItem().delayIt().by(pause)).collect().last())
                .chain(() -> unplanned(run)).chain(() -> pages.modified(PageRules.anonymise(run.id)))
                .chain(() -> runs.won(RunRules.allAnonymised(run.id, run.anonymised)))
                .invoke(() -> LOG.infof("run=%s of campaign=%s is kept without personal data from now on", run.id, run.campaignId))
                .replaceWithVoid();
    }

    private Uni<Void> batch(RunDocument run, String batch) {
        return batches.members(batch).chain(members -> (run.state == RunState.FAILED
                ? batches.won(BatchRules.announceLate(batch)).chain(() -> close(members))
                        .call(() -> batches.won(BatchRules.lateWritten(batch)))
                : Uni.createFrom().voidItem()).chain(() -> anonymise(members)));
    }

    /** Deliveries of a page that was never planned to its end, which are in no batch. */
    private Uni<Void> unplanned(RunDocument run) {
        return pages.planning(run.id).chain(found -> Multi.createFrom().iterable(found)
                .map(page -> page.rows() == null
                        ? List.<String>of()
                        : page.rows().stream().flatMap(row -> row.deliveries(run.id).values().stream()).toList())
                .onItem().transformToUniAndConcatenate(ids -> close(ids).chain(() -> anonymise(ids))).collect().last().replaceWithVoid());
    }

    /** Only a run that has failed has something open: what waits is not sent any more, and whoever was sending is dead. */
    private Uni<Void> close(List<String> ids) {
        Instant now = clock.now();
        return deliveries.modified(DeliveryRules.cancelAnonymised(ids, REASON, now))
                .chain(() -> deliveries.modified(DeliveryRules.doubtAnonymised(ids, now.minus(LONGEST_ATTEMPT), now))).replaceWithVoid();
    }

    private Uni<Void> anonymise(List<String> ids) {
        return deliveries.modified(DeliveryRules.anonymise(ids, clock.now())).chain(() -> evidence.modified(EvidenceRules.anonymise(ids)))
                .replaceWithVoid();
    }

    private Instant now() {
        return clock.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
