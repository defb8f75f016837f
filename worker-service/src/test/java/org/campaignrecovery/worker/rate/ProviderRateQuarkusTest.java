package org.campaignrecovery.worker.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** A provider's rate, shared by two workers through the ledger, and what becomes of it when the provider says that it is too much. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class ProviderRateQuarkusTest {
    private static final int PER_SECOND = 1_500;
    private static final int GROUP = 16;
    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    Ledger ledger;
    @Inject
    RateRepository rates;
    @Inject
    LedgerClock clock;

    @BeforeEach
    void nobodyHasTakenAny() {
        ledger.awaitOpen();
        Ledger.await(rates.mongoCollection().deleteMany(Filters.eq("_id", ProviderRate.key(Channel.SMS))));
    }

    private ProviderRate worker() {
        return new ProviderRate(rates, clock, Map.of(Channel.SMS, PER_SECOND));
    }

    private static CompletableFuture<Void> take(ProviderRate rate, int units) {
        return rate.await(Channel.SMS, () -> units, () -> {
        }, () -> false).subscribeAsCompletionStage();
    }

    private RateRepository.Rate current() {
        return Ledger.await(rates.current(ProviderRate.key(Channel.SMS)));
    }

    /** A group of 16 takes 10.67 ms of this rate, and the ledger counts whole ones: left out, it would be 1,600 a second. */
    @Test
    void workersShareTheRateToTheMillisecond() {
        ProviderRate one = worker();
        ProviderRate other = worker();
        take(one, PER_SECOND / 5).join();
        Instant busyFrom = current().next();
        List<CompletableFuture<Void>> groups = IntStream.range(0, 30)
                .mapToObj(n -> take(n % 2 == 0 ? one : other, GROUP)).toList();
        groups.forEach(CompletableFuture::join);
        double taken = 30.0 * GROUP / PER_SECOND * 1_000;
        assertThat((double) ChronoUnit.MILLIS.between(busyFrom, current().next())).as("milliseconds of the rate, taken without a pause")
                .isCloseTo(taken, within(2.5));
    }

    /** A busy rate would otherwise be the less, the more often the ledger or a process stops for breath. */
    @Test
    void whatIsAskedForALittleLateIsNotLost() {
        take(worker(), 1).join();
        Instant free = clock.now().minusMillis(10).truncatedTo(ChronoUnit.MILLIS);
        Ledger.await(rates.mongoCollection().updateOne(Filters.eq("_id", ProviderRate.key(Channel.SMS)), Updates.set("next", free)));
        take(worker(), PER_SECOND / 10).join();
        assertThat(current().next()).isEqualTo(free.plusMillis(100));
    }

    @Test
    void slowRatesHaveSmallerGroups() {
        assertThat(worker().groupSize(Channel.SMS, GROUP)).isEqualTo(GROUP);
        ProviderRate slow = new ProviderRate(rates, clock, Map.of(Channel.SMS, 50));
        assertThat(slow.groupSize(Channel.SMS, GROUP)).isEqualTo(GROUP / 2);
        assertThat(slow.groupSize(Channel.EMAIL, GROUP)).as("without a rate").isEqualTo(GROUP);
    }

    @Test
    void aRateOfNothingIsRefusedByTheNameOfItsSetting() {
        assertThatThrownBy(() -> new ProviderRate(rates, clock, Map.of(Channel.SMS, 0))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("campaign.sending.sms.rate-per-second").hasMessageContaining("at least 1");
    }

    @Test
    void channelsWithoutARateDoNotWait() {
        worker().await(Channel.EMAIL, () -> {
            throw new AssertionError("nobody needs to know what they count");
        }, () -> {
        }, () -> false).await().atMost(Duration.ofSeconds(1));
        assertThat(Ledger.<RateRepository.Rate>await(rates.current(ProviderRate.key(Channel.EMAIL)))).isNull();
    }

    @Test
    void aRefusalHalvesTheRateForAllOnce() {
        ProviderRate one = worker();
        ProviderRate other = worker();
        take(one, 1).join();
        one.slowDown(Channel.SMS);
        one.slowDown(Channel.SMS);
        Awaitility.await().atMost(SOON).until(() -> current().slowdown() != null);
        other.slowDown(Channel.SMS);
        take(other, PER_SECOND / 10).join();
        assertThat(current().share()).as("what was on its way when the first refusal came counts with it").isEqualTo(0.5);
        Instant busyUntil = current().next();
        take(other, PER_SECOND / 10).join();
        assertThat(Duration.between(busyUntil, current().next())).as("a tenth of a second's worth takes a fifth")
                .isGreaterThan(Duration.ofMillis(180));
    }

    @Test
    void nothingIsSlowedDownWhereNobodyHasTakenAny() {
        worker().slowDown(Channel.SMS);
        worker().slowDown(Channel.EMAIL);
        take(worker(), 1).join();
        assertThat(current().slowdown()).isNull();
    }
}
