package org.campaignrecovery.worker.planning;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.BsonValue;
import org.campaignrecovery.ledger.audience.AudienceCursor;
import org.campaignrecovery.ledger.audience.Audiences;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.crash.CrashPoint;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.delivery.Control;
import org.campaignrecovery.model.planning.PageId;
import org.campaignrecovery.model.planning.PageState;
import org.campaignrecovery.model.planning.PageStep;
import org.campaignrecovery.model.planning.PassedPages;
import org.campaignrecovery.model.run.RunRules;
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
        Course course = new Course(hold, content, run);
        return resume(course).chain(() -> goOn(course)).onTermination().invoke(course::closeCursor);
    }

    /**
     * Stands at the last page that exists: what it says about those before it spares a run of thousands of pages to be read from its
     * beginning. Pages of earlier versions do not say it: they are passed over one by one.
     */
    private Uni<Void> resume(Course course) {
        return pages.last(course.run.id).chain(last -> {
            if (last != null && last.n() > 0 && last.batchCount() == null) {
                return pages.ofRun(course.run.id).select().first(page -> page.state() == PageState.PLANNED).invoke(course::pass).collect()
                        .last().replaceWithVoid();
            }
            if (last != null) {
                course.standAt(last);
            }
            return Uni.createFrom().voidItem();
        });
    }

    private Uni<Void> goOn(Course course) {
        return Uni.createFrom().deferred(() -> rest(course)).chain(() -> room(course)).chain(() -> page(course)).repeat()
                .whilst(more -> more).collect().last().replaceWithVoid();
    }

    /** Whether there may be another page. A slot is held for one page at a time: a planner that waits for room keeps none from others. */
    private Uni<Boolean> page(Course course) {
        if (course.over()) {
            return Uni.createFrom().item(false);
        }
        return slots.acquire().chain(slot -> Uni.createFrom().deferred(() -> read(course)).chain(entries -> freeze(course, entries))
                .chain(page -> carryOut(course, page)).onTermination().invoke(slot::release)).map(planned -> !course.over());
    }

    /**
     * Nothing is planned while the campaign rests; what only waits for its send window is to be ready when that opens. Of a cancelled one no
     * more customers are read: what is left of it is its end.
     */
    private Uni<Void> rest(Course course) {
        return Uni.createFrom().deferred(() -> control.read(course.content)).invoke(reading -> {
            course.hold.progressed();
            course.cancelled(reading.control());
        })
                .repeat().withDelay(config.windowPoll())
                .whilst(reading -> reading.resting() && reading.control() != Control.OUTSIDE_WINDOW && !course.over()).collect().last()
                .replaceWithVoid();
    }

    /** What was counted holds until as many batches were made as there was room for: each count reads all the run's open batches. */
    private Uni<Void> room(Course course) {
        return course.room > 0
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().deferred(() -> batches.openNow(course.run.id, clock.now())).invoke(open -> {
                    course.hold.progressed();
                    course.room = config.window() - open;
                }).repeat().withDelay(config.windowPoll()).whilst(open -> course.room <= 0 && !course.over()).collect().last()
                        .replaceWithVoid();
    }

    private Uni<List<AudienceCursor.Entry>> read(Course course) {
        if (course.cancelled) {
            return Uni.createFrom().item(List.of());
        }
        int size = course.passed.next() == 0 ? config.firstPage() : config.page();
        return Uni.createFrom().deferred(() -> course.cursor().next(size)).invoke(entries -> course.hold.progressed()).onFailure()
                .invoke(failure -> {
                    LOG.warnf("run=%s the orders could not be read (%s): trying again behind the last page", course.run.id,
                            failure.getMessage());
                    course.closeCursor();
                }).onFailure().retry().withBackOff(Duration.ofMillis(200), Duration.ofSeconds(10)).atMost(config.readAttempts()).onFailure()
                .transform(UnreadableAudienceException::new);
    }

    private Uni<PageDocument> freeze(Course course, List<AudienceCursor.Entry> entries) {
        PageDocument page = course.toFreeze(entries);
        return pages.insertOrAdopt(page).invoke(frozen -> {
            (frozen.state() == PageState.END ? CrashPoint.END_PAGE_INSERTED : CrashPoint.PAGE_FROZEN).reach();
            if (frozen != page) {
                course.closeCursor();
            }
        });
    }

    private Uni<Void> carryOut(Course course, PageDocument page) {
        return switch (PageStep.of(page.state())) {
            case PASS -> Uni.createFrom().voidItem().invoke(() -> course.pass(page));
            case CARRY_OUT ->
                pagePlanner.plan(course.run, page, course.hold.trace()).invoke(made -> course.pass(page, made)).replaceWithVoid();
            case STOP -> end(course, page);
        };
    }

    private Uni<Void> end(Course course, PageDocument page) {
        course.ended = true;
        return runs.won(RunRules.planned(course.run.id, clock.now())).invoke(won -> {
            if (won) {
                LOG.infof("planned run=%s pages=%d batches=%d: found %d customers in the orders since epoch=%d", course.run.id, page.n(),
                        page.batchCount(), course.found, course.hold.epoch());
            }
        }).invoke(CrashPoint.RUN_PLANNED::reach).chain(() -> completion.checkSoon(course.run.id));
    }

    /** The orders cannot be read. */
    static class UnreadableAudienceException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableAudienceException(Throwable cause) {
            super("the orders cannot be read: " + cause.getMessage(), cause);
        }
    }

    /** Where a planner stands. */
    private final class Course {
        private final PlannerHold hold;
        private final RunContent content;
        private final RunDocument run;
        private final Set<String> wanted;
        private final AddressNormaliser normaliser;
        private PassedPages<BsonValue> passed = PassedPages.none();
        private long found;
        /** How many batches may be made before the open ones are counted again. */
        private long room;
        private boolean cancelled;
        private boolean ended;
        private AudienceCursor cursor;

        Course(PlannerHold hold, RunContent content, RunDocument run) {
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
                cursor = audiences.open(run.frozen.audience(), wanted, passed.after(), hold::progressed);
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
            return PassedPages.toFreeze(entries.isEmpty()) == PageState.END ? endPage() : page(entries);
        }

        private PageDocument page(List<AudienceCursor.Entry> entries) {
            found += entries.size();
            PageRows rows = PageRows.of(entries, run.frozen.channels(), wanted, normaliser);
            return new PageDocument(id(), run.id, passed.next(), PageState.PLANNING, passed.after(),
                    entries.get(entries.size() - 1).position(), rows.rows(),
                    List.of(), rows.skipped(), passed.batches(), null);
        }

        private PageDocument endPage() {
            return new PageDocument(id(), run.id, passed.next(), PageState.END, passed.after(), passed.after(), null, List.of(), Map.of(),
                    passed.batches(), null);
        }

        private String id() {
            return new PageId(run.id, passed.next()).toString();
        }

        void standAt(PageDocument last) {
            passed = PassedPages.before(last.n(), last.from(), last.batchCount() == null ? 0 : last.batchCount());
            if (last.state() == PageState.PLANNED) {
                pass(last);
            }
        }

        void pass(PageDocument page) {
            pass(page, page.batches().size());
        }

        void pass(PageDocument page, int made) {
            hold.progressed();
            room -= made;
            passed = passed.and(page.n(), page.to(), made);
        }
    }
}
