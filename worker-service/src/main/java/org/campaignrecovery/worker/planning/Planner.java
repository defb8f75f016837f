package org.campaignrecovery.worker.planning;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.BsonValue;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.delivery.Control;
import org.campaignrecovery.model.planning.Course;
import org.campaignrecovery.model.planning.PageId;
import org.campaignrecovery.model.planning.PageState;
import org.campaignrecovery.model.planning.PageStep;
import org.campaignrecovery.model.run.RunRules;
import org.campaignrecovery.worker.audience.AudienceCursor;
import org.campaignrecovery.worker.audience.Audiences;
import org.campaignrecovery.worker.batch.BatchRepository;
import org.campaignrecovery.worker.batch.Stopping;
import org.campaignrecovery.worker.delivery.ControlReader;
import org.campaignrecovery.worker.permit.Permits;
import org.campaignrecovery.worker.run.RunCompletion;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.run.RunRepository;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * Plans a run page by page under a lease: freezes a page, plans it, goes on behind it; the end is a page of its own. Whoever finds a slot
 * taken adopts what the winner froze.
 */
@ApplicationScoped
class Planner {
    private static final Logger LOG = Logger.getLogger(Planner.class);

    private final PageRepository pages;
    private final PagePlanner pagePlanner;
    private final Audiences audiences;
    private final RunRepository runs;
    private final BatchRepository batches;
    private final RunCompletion completion;
    private final ControlReader control;
    private final LedgerClock clock;
    private final PlanningConfig config;
    private final Stopping stopping;
    private final Permits slots;

    Planner(PageRepository pages, PagePlanner pagePlanner, Audiences audiences, RunRepository runs, BatchRepository batches,
            RunCompletion completion, ControlReader control, LedgerClock clock, PlanningConfig config, Stopping stopping) {
        this.pages = pages;
        this.pagePlanner = pagePlanner;
        this.audiences = audiences;
        this.runs = runs;
        this.batches = batches;
        this.completion = completion;
        this.control = control;
        this.clock = clock;
        this.config = config;
        this.stopping = stopping;
        this.slots = new Permits(config.slots());
    }

    /**
     * Completes when the run is planned, the lease is lost or the process stops. Fails with {@link UnreadableAudienceException} when the
     * orders cannot be read, with anything else when the ledger cannot be.
     */
    Uni<Void> plan(PlannerHold hold, RunContent content, RunDocument run) {
        Work work = new Work(hold, content, run);
        return resume(work).chain(() -> goOn(work)).onTermination().invoke(work::closeCursor);
    }

    /** Passes over the pages that exist: planned ones count, the first other one is where the work stands. */
    private Uni<Void> resume(Work work) {
        return work.hold.epoch() == 1 && work.course.next() == 0
                ? Uni.createFrom().voidItem()
                : pages.ofRun(work.run.id).select().first(page -> page.state() == PageState.PLANNED).invoke(work::pass).collect().last()
                        .replaceWithVoid();
    }

    private Uni<Void> goOn(Work work) {
        return Uni.createFrom().deferred(() -> rest(work)).chain(() -> room(work)).chain(() -> page(work)).repeat()
                .whilst(more -> more).collect().last().replaceWithVoid();
    }

    /** Whether there may be another page. A slot is held for one page at a time: a planner that waits for room keeps none from others. */
    private Uni<Boolean> page(Work work) {
        if (work.over()) {
            return Uni.createFrom().item(false);
        }
        return slots.acquire().chain(slot -> Uni.createFrom().deferred(() -> read(work)).chain(entries -> freeze(work, entries))
                .chain(page -> carryOut(work, page)).onTermination().invoke(slot::release)).map(planned -> !work.over());
    }

    /**
     * Nothing is planned while the campaign rests; what only waits for its send window is to be ready when that opens. Of a cancelled one no
     * more customers are read: what is left of it is its end.
     */
    private Uni<Void> rest(Work work) {
        return Uni.createFrom().deferred(() -> control.read(work.content)).invoke(reading -> work.cancelled(reading.control()))
                .repeat().withDelay(config.windowPoll())
                .whilst(reading -> reading.resting() && reading.control() != Control.OUTSIDE_WINDOW && !work.over()).collect().last()
                .replaceWithVoid();
    }

    private Uni<Void> room(Work work) {
        return Uni.createFrom().deferred(() -> batches.openNow(work.run.id, clock.now())).repeat().withDelay(config.windowPoll())
                .whilst(open -> open >= config.window() && !work.over()).collect().last().replaceWithVoid();
    }

    private Uni<List<AudienceCursor.Entry>> read(Work work) {
        if (work.cancelled) {
            return Uni.createFrom().item(List.of());
        }
        int size = work.course.next() == 0 ? config.firstPage() : config.page();
        return Uni.createFrom().deferred(() -> work.cursor().next(size)).onFailure().invoke(failure -> {
            LOG.warnf("run=%s the orders could not be read (%s): trying again behind the last page", work.run.id, failure.getMessage());
            work.closeCursor();
        }).onFailure().retry().withBackOff(Duration.ofMillis(200), Duration.ofSeconds(10)).atMost(config.readAttempts()).onFailure()
                .transform(UnreadableAudienceException::new);
    }

    private Uni<PageDocument> freeze(Work work, List<AudienceCursor.Entry> entries) {
        PageDocument page = work.toFreeze(entries);
        return pages.insertOrAdopt(page).invoke(frozen -> {
            if (frozen != page) {
                work.closeCursor();
            }
        });
    }

    private Uni<Void> carryOut(Work work, PageDocument page) {
        return switch (PageStep.of(page.state())) {
            case PASS -> Uni.createFrom().voidItem().invoke(() -> work.pass(page));
            case CARRY_OUT -> pagePlanner.plan(work.run, page).invoke(made -> work.pass(page, made)).replaceWithVoid();
            case STOP -> end(work, page);
        };
    }

    private Uni<Void> end(Work work, PageDocument page) {
        work.ended = true;
        return runs.won(RunRules.planned(work.run.id, clock.now())).invoke(won -> {
            if (won) {
                LOG.infof("planned run=%s pages=%d batches=%d: found %d customers in the orders since epoch=%d", work.run.id, page.n(),
                        page.batchCount(), work.found, work.hold.epoch());
            }
        }).chain(() -> completion.checkSoon(work.run.id));
    }

    /** The orders cannot be read. */
    static class UnreadableAudienceException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableAudienceException(Throwable cause) {
            super("the orders cannot be read: " + cause.getMessage(), cause);
        }
    }

    /** The planning of a run under one lease. */
    private final class Work {
        private final PlannerHold hold;
        private final RunContent content;
        private final RunDocument run;
        private final Set<String> wanted;
        private final AddressNormaliser normaliser;
        private Course<BsonValue> course = Course.start();
        private long found;
        private boolean cancelled;
        private boolean ended;
        private AudienceCursor cursor;

        Work(PlannerHold hold, RunContent content, RunDocument run) {
            this.hold = hold;
            this.content = content;
            this.run = run;
            this.wanted = content.templates().fields();
            this.normaliser = new AddressNormaliser(run.frozen.defaultRegion());
        }

        /** To be cancelled is final. */
        void cancelled(Control control) {
            cancelled |= control == Control.CANCELLED;
        }

        boolean over() {
            return ended || hold.lost() || stopping.now();
        }

        AudienceCursor cursor() {
            if (cursor == null) {
                cursor = audiences.open(run.frozen.audience(), wanted, course.after());
            }
            return cursor;
        }

        void closeCursor() {
            if (cursor != null) {
                cursor.close();
                cursor = null;
            }
        }

        PageDocument toFreeze(List<AudienceCursor.Entry> entries) {
            return Course.toFreeze(entries.isEmpty()) == PageState.END ? endPage() : page(entries);
        }

        private PageDocument page(List<AudienceCursor.Entry> entries) {
            found += entries.size();
            PageRows rows = PageRows.of(entries, run.frozen.channels(), wanted, normaliser);
            return new PageDocument(id(), run.id, course.next(), PageState.PLANNING, course.after(),
                    entries.get(entries.size() - 1).position(), rows.rows(),
                    List.of(), rows.skipped(), null);
        }

        private PageDocument endPage() {
            return new PageDocument(id(), run.id, course.next(), PageState.END, course.after(), course.after(), null, List.of(), Map.of(),
                    course.batches());
        }

        private String id() {
            return new PageId(run.id, course.next()).toString();
        }

        void pass(PageDocument page) {
            pass(page, page.batches().size());
        }

        void pass(PageDocument page, int made) {
            course = course.past(page.n(), page.to(), made);
        }
    }
}
