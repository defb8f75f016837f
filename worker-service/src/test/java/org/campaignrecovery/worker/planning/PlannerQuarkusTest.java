package org.campaignrecovery.worker.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.bson.Document;
import org.campaignrecovery.ledger.audience.Audiences;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.erasure.ErasureRepository;
import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.ledger.loop.Loops;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryId;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.lease.ProgressDeadline;
import org.campaignrecovery.model.planning.PageRules;
import org.campaignrecovery.model.planning.PageState;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.batch.BatchConfig;
import org.campaignrecovery.worker.batch.BatchPublisher;
import org.campaignrecovery.worker.batch.BatchRepository;
import org.campaignrecovery.worker.batch.Stopping;
import org.campaignrecovery.worker.delivery.ControlReader;
import org.campaignrecovery.worker.delivery.DeliveryRepository;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.Orders;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.campaignrecovery.worker.run.RunCompletion;
import org.campaignrecovery.worker.run.RunContents;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.run.RunRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.mongodb.MongoException;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Planners that stop wherever they can, that race, and one that is woken late: the same deliveries, each in one batch, none without. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class PlannerQuarkusTest {
    private static final int CUSTOMERS = 130;

    /** A write of a planner. */
    enum Write {
        PAGE,
        DELIVERIES,
        BATCHES,
        PLANNED
    }

    @Inject
    Continuity continuity;
    @Inject
    Ledger ledger;
    @Inject
    Orders orders;
    @Inject
    Planner planner;
    @Inject
    PlannerHeartbeats heartbeats;
    @Inject
    DeliveryRepository deliveries;
    @Inject
    BatchPublisher publisher;
    @Inject
    ErasureRepository erasures;
    @Inject
    Audiences audiences;
    @Inject
    RunRepository runs;
    @Inject
    BatchRepository batches;
    @Inject
    RunCompletion completion;
    @Inject
    RunContents contents;
    @Inject
    ControlReader control;
    @Inject
    LedgerClock clock;
    @Inject
    PlanningConfig config;
    @Inject
    Stopping stopping;
    @Inject
    BatchConfig leases;

    private RunDocument run;

    @BeforeEach
    void aRunThatIsBeingPlanned() {
        ledger.awaitOpen();
        orders.replaceBy(customers(CUSTOMERS));
        run = TestRuns.planning(Channel.EMAIL, Channel.SMS);
        run.planner = new RunDocument.Planner("test", 1, 1);
        ledger.insert(run);
    }

    /** The customers of all runs here have the same ids. */
    @AfterEach
    void nobodyIsErased() {
        Ledger.await(erasures.mongoCollection().deleteMany(new Document()));
    }

    @Test
    void plansEveryCustomerOnce() {
        plan(planner, 1);
        assertPlanned(addresses(CUSTOMERS));
    }

    @ParameterizedTest(name = "stopped on page {1} instead of writing {0}")
    @CsvSource({"PAGE, 0", "DELIVERIES, 0", "BATCHES, 0", "PLANNED, 0", "PAGE, 1", "DELIVERIES, 1", "BATCHES, 1", "PLANNED, 1", "PAGE, 2"})
    void whoeverGoesOnAfterAPlannerThatStoppedPlansTheSame(Write write, int page) {
        assertThatThrownBy(() -> plan(stopping(write, page), 1)).hasMessageContaining("stopped");
        plan(planner, 2);
        assertPlanned(addresses(CUSTOMERS));
    }

    /** A run of ten million customers has twenty thousand pages. */
    @ParameterizedTest(name = "stopped on page {1} instead of writing {0}")
    @CsvSource({"PAGE, 1", "DELIVERIES, 1", "BATCHES, 1", "PLANNED, 1", "PAGE, 2"})
    void whoeverGoesOnReadsTheLastPageOnly(Write write, int page) {
        assertThatThrownBy(() -> plan(stopping(write, page), 1)).hasMessageContaining("stopped");
        PageRepository unwalked = new PageRepository() {
            @Override
            Multi<PageDocument> ofRun(String id) {
                throw new AssertionError("walks through all pages");
            }
        };
        plan(planner(deliveries, batches, unwalked), 2);
        assertPlanned(addresses(CUSTOMERS));
    }

    /** They do not say how many batches the pages before them have. */
    @ParameterizedTest(name = "stopped on page {1} instead of writing {0}")
    @CsvSource({"PAGE, 1", "BATCHES, 1", "PLANNED, 1", "PAGE, 2"})
    void pagesOfAnEarlierVersionArePassedOverOneByOne(Write write, int page) {
        assertThatThrownBy(() -> plan(stopping(write, page), 1)).hasMessageContaining("stopped");
        ledger.pages(run.id).forEach(frozen -> ledger.set(PageDocument.COLLECTION, frozen.id(), "batchCount", null));
        plan(planner, 2);
        assertPlanned(addresses(CUSTOMERS));
    }

    /** What was frozen counts, not what the orders have become since. */
    @Test
    void aPageThatWasFrozenIsPlannedAsItWas() {
        assertThatThrownBy(() -> plan(stopping(Write.DELIVERIES, 0), 1)).hasMessageContaining("stopped");
        List<Document> later = new ArrayList<>(customers(CUSTOMERS).subList(50, CUSTOMERS));
        orders.replaceBy(later);
        plan(planner, 2);
        assertPlanned(addresses(CUSTOMERS));
    }

    @Test
    void twoPlannersAtOncePlanTheSame() {
        Ledger.await(Uni.join().all(planner.plan(hold(1), content(), run),
                planner.plan(hold(2), content(), run)).andFailFast());
        assertPlanned(addresses(CUSTOMERS));
    }

    /** It read its page before the other planned the whole run, from orders that have changed, and writes it after the end. */
    @ParameterizedTest
    @CsvSource({"0", "1"})
    void aPlannerThatIsWokenLateChangesNothing(int page) {
        CompletableFuture<Void> wake = new CompletableFuture<>();
        CompletableFuture<Void> asleep = new CompletableFuture<>();
        PageRepository sleepy = new PageRepository() {
            @Override
            public Uni<PageDocument> insertOrAdopt(PageDocument frozen) {
                if (frozen.n() != page) {
                    return super.insertOrAdopt(frozen);
                }
                asleep.complete(null);
                return Uni.createFrom().completionStage(wake).chain(() -> super.insertOrAdopt(frozen));
            }
        };
        CompletableFuture<Void> late = planner(deliveries, batches, sleepy).plan(hold(1), content(), run)
                .subscribeAsCompletionStage();
        asleep.orTimeout(10, TimeUnit.SECONDS).join();
        List<Document> changed = new ArrayList<>(customers(CUSTOMERS + 20));
        changed.subList(0, 10).clear();
        orders.replaceBy(changed);
        plan(planner, 2);
        Set<String> planned = addressesOf(ledger.deliveries(run.id));
        long pages = ledger.pages(run.id).size();
        wake.complete(null);
        late.orTimeout(10, TimeUnit.SECONDS).join();
        assertThat(ledger.pages(run.id)).hasSize((int) pages);
        assertPlanned(planned);
    }

    @Test
    void addressesOfOtherPagesAreSkippedAndCounted() {
        List<Document> all = customers(CUSTOMERS);
        for (int i = 60; i < 70; i++) {
            all.get(i).put("email", "CUSTOMER" + (i - 60) + "@x.org");
        }
        orders.replaceBy(all);
        assertThatThrownBy(() -> plan(stopping(Write.PLANNED, 1), 1)).hasMessageContaining("stopped");
        plan(planner, 2);
        Set<String> expected = addresses(CUSTOMERS);
        IntStream.range(60, 70).forEach(i -> expected.remove("customer" + i + "@x.org"));
        assertPlanned(expected);
        assertThat(Ledger.await(new PageRepository().skipped(run.id)).get("email")).isEqualTo(new Skips(0, 0, 10));
    }

    /**
     * Pages that hold what another system has reached lie in the first slots, planned, without a position: the planner goes on behind
     * them from the beginning of the audience, loses nobody and sends nothing again.
     */
    @ParameterizedTest(name = "{0} such pages, epoch {1}, {2} customers")
    @CsvSource({"1, 1, 130", "3, 1, 130", "1, 2, 130", "3, 2, 130", "3, 1, 1", "3, 2, 1", "2, 1, 0"})
    void goesOnBehindWhatWasReachedBefore(int moved, long epoch, int customers) {
        orders.replaceBy(customers(customers));
        Set<String> expected = addresses(customers);
        List<String> reached = new ArrayList<>();
        for (int n = 0; n < moved; n++) {
            List<String> emails = List.of("customer" + n * 60 + "@x.org", "gone" + n + "@x.org");
            reached.addAll(reachedBefore(n, Channel.EMAIL, emails));
            expected.addAll(emails);
        }
        plan(planner, epoch);
        assertPlanned(expected);
        assertThat(reached.stream().map(ledger::delivery)).allSatisfy(delivery -> {
            assertThat(delivery.reason()).isEqualTo("sent by the system before");
            assertThat(delivery.claim()).as("never claimed, so never sent").isNull();
        });
        long known = IntStream.range(0, moved).filter(n -> n * 60 < customers).count();
        assertThat(Ledger.await(new PageRepository().skipped(run.id)).get("email")).isEqualTo(new Skips(0, 0, known));
    }

    /** It was stopped behind them, in the middle of its own pages. */
    @ParameterizedTest(name = "stopped on page {1} instead of writing {0}")
    @CsvSource({"PAGE, 2", "DELIVERIES, 2", "BATCHES, 2", "PLANNED, 2", "PAGE, 3"})
    void whoeverGoesOnBehindThemAfterAPlannerThatStoppedPlansTheSame(Write write, int page) {
        Set<String> expected = addresses(CUSTOMERS);
        for (int n = 0; n < 2; n++) {
            reachedBefore(n, Channel.EMAIL, List.of("customer" + n * 60 + "@x.org"));
            reachedBefore(n, Channel.SMS, List.of("+1202555%04d".formatted(n * 70)));
        }
        assertThatThrownBy(() -> plan(stopping(write, page), 1)).hasMessageContaining("stopped");
        plan(planner, 2);
        assertPlanned(expected);
    }

    private List<String> reachedBefore(int n, Channel channel, List<String> addresses) {
        BatchDocument batch = ledger.batch(run, n, channel, addresses);
        ledger.set(batch.members(), DeliveryState.SENT, null, 1);
        batch.members().forEach(id -> ledger.set(DeliveryDocument.COLLECTION, id, "reason", "sent by the system before"));
        ledger.set(BatchDocument.COLLECTION, batch.id(), "state", "done");
        ledger.set(BatchDocument.COLLECTION, batch.id(), "counts", Counts.of(DeliveryState.SENT, addresses.size()).toWire());
        String id = run.id + ":" + n;
        ledger.pages(run.id).stream().filter(page -> page.id().equals(id)).findFirst().ifPresentOrElse(
                page -> ledger.set(PageDocument.COLLECTION, id, "batches", List.of(page.batches().get(0), batch.id())),
                () -> Ledger.await(ledger.of(PageDocument.COLLECTION, PageDocument.class).insertOne(new PageDocument(id, run.id, n,
                        PageState.PLANNED, null, null, null, List.of(batch.id()), Map.of(channel.wire(), Skips.NONE), null, null))));
        return batch.members();
    }

    /** Hours of waiting for room must need no more stack than a moment. */
    @Test
    void waitsForRoomWithoutAStackForEachLook() {
        int[] looks = new int[1];
        BatchRepository full = new BatchRepository() {
            @Override
            public Uni<Long> openNow(String id, Instant now) {
                return Uni.createFrom().item(looks[0]++ < 3_000 ? 1_000L : 0L);
            }
        };
        Planner patient = withWindow(64, full);
        plan(patient, 1);
        assertThat(looks[0]).isGreaterThan(3_000);
        assertPlanned(addresses(CUSTOMERS));
    }

    /** Each count reads all the run's open batches. The first page, the second and the end, of two batches each but for the end. */
    @ParameterizedTest(name = "a window of {0}: {1} times")
    @CsvSource({"64, 1", "3, 2", "2, 3"})
    void openBatchesAreCountedAgainWhenAsManyWereMadeAsThereWasRoomFor(int window, int times) {
        int[] looks = new int[1];
        BatchRepository empty = new BatchRepository() {
            @Override
            public Uni<Long> openNow(String id, Instant now) {
                looks[0]++;
                return Uni.createFrom().item(0L);
            }
        };
        plan(withWindow(window, empty), 1);
        assertThat(looks[0]).isEqualTo(times);
        assertPlanned(addresses(CUSTOMERS));
    }

    private Planner withWindow(int window, BatchRepository open) {
        PlanningConfig often = new PlanningConfig() {
            @Override
            public int firstPage() {
                return 50;
            }

            @Override
            public int page() {
                return 500;
            }

            @Override
            public int window() {
                return window;
            }

            @Override
            public Duration windowPoll() {
                return Duration.ofMillis(1);
            }

            @Override
            public int slots() {
                return 1;
            }

            @Override
            public int readAttempts() {
                return 1;
            }
        };
        return new Planner(new PageRepository(),
                new PagePlanner(deliveries, batches, new PageRepository(), publisher, erasures, continuity, clock),
                audiences, runs, open, completion, control, clock, often, stopping);
    }

    @Test
    void aPlannerThatLostItsLeaseStops() {
        PlannerHold lost = hold(1);
        lost.lose();
        Ledger.await(planner.plan(lost, content(), run));
        assertThat(ledger.pages(run.id)).isEmpty();
    }

    /** A live heart with dead hands: reading the orders never ends, say. */
    @Test
    void aPlanningThatDoesNotGetOnLosesItsLease() {
        PlannerHold still = new PlannerHold(run.id, 1, new ProgressDeadline(Duration.ofMinutes(1), System.nanoTime() - 61_000_000_000L));
        Ledger.await(heartbeats.beat(still));
        assertThat(still.lost()).isTrue();
        assertThat(ledger.run(run.id).planner.hb()).as("no heartbeat").isEqualTo(1);

        PlannerHold busy = hold(1);
        Ledger.await(heartbeats.beat(busy));
        assertThat(busy.lost()).isFalse();
        assertThat(ledger.run(run.id).planner.hb()).isEqualTo(2);
    }

    /** To wait for room among the open batches is no standstill; neither is a page that was planned. */
    @Test
    void whatGetsOnKeepsItsLease() {
        ProgressDeadline deadline = new ProgressDeadline(Duration.ofMinutes(1), System.nanoTime() - 61_000_000_000L);
        Ledger.await(planner.plan(new PlannerHold(run.id, 1, deadline), content(), run));
        assertThat(deadline.mayBeat(System.nanoTime())).isTrue();
    }

    /** Who sits out a minute without the ledger keeps its lease. */
    @Test
    void anOutageOfTheLedgerIsNoStandstill() {
        ProgressDeadline deadline = new ProgressDeadline(Duration.ofMinutes(1), System.nanoTime() - 40_000_000_000L);
        long progressed = deadline.lastProgressNanos();
        RunRepository away = new RunRepository() {
            @Override
            public Uni<Boolean> won(GuardedUpdate update) {
                return Uni.createFrom().failure(new MongoException("away"));
            }
        };
        PlannerHold sitting = new PlannerHold(run.id, 1, deadline);
        Ledger.await(new PlannerHeartbeats(null, away, leases, new Loops()).beat(sitting));
        assertThat(sitting.lost()).isFalse();
        assertThat(deadline.lastProgressNanos()).isGreaterThan(progressed);
    }

    /**
     * A customer is erased after the planner has frozen the page and before it inserts its deliveries: by somebody whose look at the ledger finds
     * none. Whether the planner goes on with what it has in memory, or dies and another reads the page.
     */
    @ParameterizedTest(name = "stopped instead of writing {0}")
    @CsvSource({"PAGE", "DELIVERIES", "BATCHES", "PLANNED"})
    void whoIsErasedBehindAPlannersBackIsPlannedForNobody(Write write) {
        assertThatThrownBy(() -> plan(stopping(write, 1), 1)).hasMessageContaining("stopped");
        Ledger.await(erasures.ask("60", "olga", clock.now()));
        plan(planner, 2);
        assertErased("60", 1);
    }

    @Test
    void aPlannerThatHasItsRowsInMemoryBringsNobodyBack() {
        DeliveryRepository slow = new DeliveryRepository() {
            @Override
            public Uni<Map<String, String>> insertMissing(List<DeliveryDocument> wanted) {
                return wanted.get(0).batch().equals(run.id + ":1:email")
                        ? erasures.ask("60", "olga", clock.now()).chain(() -> super.insertMissing(wanted))
                        : super.insertMissing(wanted);
            }
        };
        plan(planner(slow, batches, new PageRepository()), 1);
        assertErased("60", 1);
    }

    /** The row was erased in the page, by an api; a planner who has read it before plans the same deliveries as one who reads it now. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void anErasedRowKeepsItsPlace(boolean readBefore) {
        assertThatThrownBy(() -> plan(stopping(readBefore ? Write.BATCHES : Write.DELIVERIES, 1), 1)).hasMessageContaining("stopped");
        Ledger.await(erasures.ask("60", "olga", clock.now()));
        PageDocument page = ledger.pages(run.id).stream().filter(one -> one.n() == 1).findFirst().orElseThrow();
        List<PageDocument.Row> rows = page.rows().stream().map(row -> "60".equals(row.customer()) ? row.erase(run.id) : row).toList();
        assertThat(Ledger.await(new PageRepository().won(PageRules.eraseRows(page.id(), page.erasures(), rows)))).isTrue();
        plan(planner, 2);
        assertErased("60", 1);
    }

    /** What is wanted of a run that is due later the orders say. */
    @Test
    void whoWasErasedBeforeTheRunWasDueIsReachedIfTheOrdersHaveThem() {
        Ledger.await(erasures.ask("61", "olga", run.scheduledFor.minusSeconds(1)));
        plan(planner, 1);
        assertPlanned(addresses(CUSTOMERS));
    }

    /** Nothing of them is sent, everything of others is, and the accounts are those of a run with everybody in it. */
    private void assertErased(String customer, int page) {
        await().atMost(Duration.ofSeconds(60)).until(() -> ledger.run(run.id).state == RunState.COMPLETED);
        for (Channel channel : List.of(Channel.EMAIL, Channel.SMS)) {
            String address = channel == Channel.EMAIL
                    ? "customer" + customer + "@x.org"
                    : "+1202555%04d".formatted(Integer.valueOf(customer));
            DeliveryDocument theirs = ledger.delivery(DeliveryId.of(run.id, channel, address));
            assertThat(theirs.state()).isEqualTo(DeliveryState.CANCELLED);
            assertThat(theirs.claim()).as("never claimed, so never sent").isNull();
            assertThat(theirs.address()).isNull();
            assertThat(theirs.customer()).isNull();
            assertThat(theirs.data()).isNull();
            assertThat(theirs.batch()).isEqualTo(run.id + ":" + page + ":" + channel.wire());
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(ledger.run(run.id).totals.get(channel.wire()))
                    .containsEntry("cancelled", 1L).containsEntry("sent", CUSTOMERS - 1L));
        }
        assertThat(ledger.batches(run.id)).allSatisfy(batch -> assertThat(batch.vector().planned()).isEqualTo(batch.members().size()));
        assertThat(ledger.deliveries(run.id)).hasSize(2 * CUSTOMERS)
                .allSatisfy(delivery -> assertThat(ledger.batch(delivery.batch()).members())
                        .contains(delivery.id()));
        assertThat(ledger.pages(run.id)).allMatch(one -> one.rows() == null);
    }

    private PlannerHold hold(long epoch) {
        return new PlannerHold(run.id, epoch, new ProgressDeadline(Duration.ofMinutes(1), System.nanoTime()));
    }

    private RunContent content() {
        return Ledger.await(contents.of(run.id));
    }

    private void plan(Planner by, long epoch) {
        Ledger.await(by.plan(hold(epoch), content(), run));
    }

    private void assertPlanned(Set<String> expected) {
        List<DeliveryDocument> all = ledger.deliveries(run.id);
        assertThat(addressesOf(all)).isEqualTo(expected);
        assertThat(all).hasSameSizeAs(expected);
        Map<String, BatchDocument> byId = new HashMap<>();
        Set<String> members = new HashSet<>();
        for (BatchDocument batch : ledger.batches(run.id)) {
            byId.put(batch.id(), batch);
            assertThat(batch.members()).allSatisfy(member -> assertThat(members.add(member)).as("in one batch only").isTrue());
            assertThat(batch.vector().planned()).isEqualTo(batch.members().size());
        }
        assertThat(all).allSatisfy(delivery -> assertThat(byId.get(delivery.batch()).members()).contains(delivery.id()));
        assertThat(members).hasSameSizeAs(all);
        List<PageDocument> pages = ledger.pages(run.id);
        PageDocument end = pages.stream().filter(page -> page.state() == PageState.END).findFirst().orElseThrow();
        assertThat(end.batchCount()).isEqualTo(byId.size());
        assertThat(end.n()).isEqualTo(pages.size() - 1);
        assertThat(pages).filteredOn(page -> page != end).allMatch(page -> page.state() == PageState.PLANNED && page.rows() == null);
        assertThat(pages.stream().filter(page -> page != end).flatMap(page -> page.batches().stream()))
                .containsExactlyInAnyOrderElementsOf(byId.keySet());
        await().atMost(Duration.ofSeconds(60)).until(() -> ledger.run(run.id).state == RunState.COMPLETED);
        assertThat(ledger.run(run.id).totals.values().stream().mapToLong(counts -> counts.get("sent")).sum()).isEqualTo(expected.size());
    }

    /** A planner that ends before this write of this page. */
    private Planner stopping(Write write, int n) {
        String of = ":" + n + ":";
        DeliveryRepository failingDeliveries = new DeliveryRepository() {
            @Override
            public Uni<Map<String, String>> insertMissing(List<DeliveryDocument> wanted) {
                return write == Write.DELIVERIES && wanted.get(0).batch().contains(run.id + of) ? stopped() : super.insertMissing(wanted);
            }
        };
        BatchRepository failingBatches = new BatchRepository() {
            @Override
            public Uni<Void> insertOnce(BatchDocument batch) {
                return write == Write.BATCHES && batch.id().contains(run.id + of) ? stopped() : super.insertOnce(batch);
            }
        };
        PageRepository failingPages = new PageRepository() {
            @Override
            public Uni<PageDocument> insertOrAdopt(PageDocument page) {
                return write == Write.PAGE && page.n() == n ? stopped() : super.insertOrAdopt(page);
            }

            @Override
            public Uni<Boolean> won(GuardedUpdate update) {
                return write == Write.PLANNED && update.guard().toString().contains(run.id + ":" + n) ? stopped() : super.won(update);
            }
        };
        return planner(failingDeliveries, failingBatches, failingPages);
    }

    private Planner planner(DeliveryRepository ofDeliveries, BatchRepository ofBatches, PageRepository ofPages) {
        return new Planner(ofPages, new PagePlanner(ofDeliveries, ofBatches, ofPages, publisher, erasures, continuity, clock), audiences,
                runs,
                batches,
                completion, control, clock, config, stopping);
    }

    private static <T> Uni<T> stopped() {
        return Uni.createFrom().failure(new IllegalStateException("stopped"));
    }

    private static List<Document> customers(int n) {
        List<Document> all = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            all.add(Orders.order(i, i, "customer" + i + "@x.org", "+1202555%04d".formatted(i)));
        }
        return all;
    }

    private static Set<String> addresses(int n) {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < n; i++) {
            all.add("customer" + i + "@x.org");
            all.add("+1202555%04d".formatted(i));
        }
        return all;
    }

    private static Set<String> addressesOf(List<DeliveryDocument> all) {
        Set<String> addresses = new HashSet<>();
        all.forEach(delivery -> addresses.add(delivery.address()));
        return addresses;
    }
}
