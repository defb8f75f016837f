package org.campaignrecovery.worker.rate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.rate.Reservation;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.campaignrecovery.worker.run.RunContents;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.sending.SendingConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.mongodb.MongoException;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;

/** A campaign's rate, shared by two workers through the ledger. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class CampaignRateQuarkusTest {
    private static final int PER_SECOND = 10;
    private static final int GROUP = 16;
    /** The ledger's clock is asked again now and then. */
    private static final Duration CLOCKS_APART = Duration.ofMillis(20);
    private static final Duration A_GROUP = Duration.ofMillis(1_000L * GROUP / PER_SECOND);

    @Inject
    Ledger ledger;
    @Inject
    RateRepository rates;
    @Inject
    RunContents contents;
    @Inject
    LedgerClock clock;
    @Inject
    SendingConfig config;

    private RunContent run;

    @BeforeEach
    void aSlowRun() {
        ledger.awaitOpen();
        RunDocument document = TestRuns.slow(TestRuns.planning(Channel.EMAIL), PER_SECOND, null);
        document.state = RunState.COMPLETED;
        ledger.insert(document);
        run = Ledger.await(contents.of(document.id));
    }

    /** Otherwise each worker that stops takes some seconds of the rate with it, and the others stand still for so long. */
    @Test
    void aWorkerThatGivesUpLeavesTheRateToTheOthers() {
        AtomicBoolean stopping = new AtomicBoolean();
        CampaignRate stops = new CampaignRate(rates, clock, config);
        List<CompletableFuture<Void>> groups = new ArrayList<>();
        IntStream.range(0, 8).forEach(n -> groups.add(stops.await(run, Channel.EMAIL, GROUP, () -> {
        }, stopping::get).subscribeAsCompletionStage()));
        groups.get(0).join();
        stopping.set(true);
        groups.forEach(CompletableFuture::join);

        Instant free = free();
        assertThat(free).as("not more is taken than begins soon").isBefore(clock.now().plus(Reservation.AHEAD).plus(A_GROUP).plus(A_GROUP));
        Ledger.await(new CampaignRate(rates, clock, config).await(run, Channel.EMAIL, GROUP, () -> {
        }, () -> false));
        assertThat(clock.now()).as("nothing begins early").isAfterOrEqualTo(free.minus(CLOCKS_APART));
        assertThat(free()).as("the other one has its turn next").isEqualTo(free.plus(A_GROUP));
    }

    /** One question to the ledger serves all groups that wait, as far as they begin soon: a busy rate is not held up by its questions. */
    @Test
    void groupsThatWaitTogetherAreServedTogether() {
        AtomicInteger taken = new AtomicInteger();
        CampaignRate rate = new CampaignRate(new RateRepository() {
            @Override
            Uni<Boolean> take(String key, Instant seen, Instant next) {
                taken.incrementAndGet();
                return super.take(key, seen, next);
            }
        }, clock, config);
        Instant before = clock.now();
        List<CompletableFuture<Void>> groups = IntStream.range(0, 10).mapToObj(n -> rate.await(run, Channel.EMAIL, 1, () -> {
        }, () -> false).subscribeAsCompletionStage()).toList();
        groups.forEach(CompletableFuture::join);
        assertThat(clock.now()).as("nine tenths of a second at ten a second").isAfter(before.plusMillis(900).minus(CLOCKS_APART));
        assertThat(taken.get()).as("questions that took something").isBetween(2, 8);
    }

    /** An outage of the ledger is sat out; who gives up meanwhile is let go. */
    @Test
    void aQuestionThatFailsIsAskedAgain() {
        AtomicInteger failures = new AtomicInteger(3);
        CampaignRate rate = new CampaignRate(new RateRepository() {
            @Override
            Uni<Rate> current(String key) {
                return failures.getAndDecrement() > 0 ? Uni.createFrom().failure(new MongoException("away")) : super.current(key);
            }
        }, clock, config);
        AtomicBoolean stopping = new AtomicBoolean();
        CompletableFuture<Void> impatient = rate.await(run, Channel.EMAIL, GROUP, () -> {
        }, () -> failures.get() < 3).subscribeAsCompletionStage();
        CompletableFuture<Void> patient = rate.await(run, Channel.EMAIL, GROUP, () -> {
        }, stopping::get).subscribeAsCompletionStage();
        impatient.join();
        assertThat(failures.get()).as("the ledger is still away").isNotNegative();
        patient.join();
        assertThat(failures.get()).isNegative();
        assertThat(free()).as("only one of them has taken its share").isBefore(clock.now().plus(A_GROUP).plus(CLOCKS_APART));
    }

    @Test
    void whoeverWaitsIsToldSoAlsoBehindAnotherGroup() {
        CampaignRate rate = new CampaignRate(rates, clock, config);
        List<String> told = new ArrayList<>();
        AtomicBoolean stopping = new AtomicBoolean();
        List<CompletableFuture<Void>> groups = List.of("first", "second", "third").stream()
                .map(name -> rate.await(run, Channel.EMAIL, GROUP, () -> note(told, name), stopping::get).subscribeAsCompletionStage())
                .toList();
        groups.get(1).join();
        stopping.set(true);
        groups.forEach(CompletableFuture::join);
        assertThat(told).as("while the second one waits for the rate, the third one waits for it").contains("second", "third");
    }

    @Test
    void slowCampaignsHaveSmallerGroups() {
        assertThat(new CampaignRate(rates, clock, config).groupSize(run, Channel.EMAIL, GROUP)).isEqualTo(GROUP / 2);
    }

    private static void note(List<String> told, String name) {
        synchronized (told) {
            told.add(name);
        }
    }

    private Instant free() {
        return Ledger.await(rates.current(CampaignRate.key(run.campaignId(), Channel.EMAIL))).next();
    }
}
