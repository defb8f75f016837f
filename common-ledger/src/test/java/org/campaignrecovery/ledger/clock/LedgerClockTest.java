package org.campaignrecovery.ledger.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.bson.Document;
import org.junit.jupiter.api.Test;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import io.smallrye.mutiny.Uni;

/** The server's clock and this machine's monotonic one are moved by hand; all of a round trip passes before the server
 * reads its clock, the worst case: the error is half of it. */
class LedgerClockTest {
    private static final Instant START = Instant.parse("2026-03-01T09:00:00Z");

    private final AtomicInteger asked = new AtomicInteger();
    private long nanos = -7_000_000_000L;
    private Instant server = START;

    @Test
    void tellsNoTimeBeforeTheServerHasAnswered() {
        LedgerClock clock = clock(List.of(Duration.ZERO));
        assertThat(clock.known()).isFalse();
        assertThatThrownBy(clock::now).isInstanceOf(IllegalStateException.class).hasMessageContaining("MongoDB has not answered");
    }

    @Test
    void carriesTheServersTimeOnByTheMonotonicClock() {
        LedgerClock clock = clock(List.of(Duration.ofMillis(10)));
        synchronise(clock);
        assertThat(asked).hasValue(1);
        pass(Duration.ofMinutes(3));
        assertThat(clock.now()).isEqualTo(server.plusMillis(5));
    }

    /** Right after the start everything is slow; half of a second's round trip would be half a second of error. */
    @Test
    void afterASlowAnswerTheQuickestOfSeveralCounts() {
        LedgerClock clock = clock(List.of(Duration.ofMillis(900), Duration.ofMillis(60), Duration.ofMillis(300), Duration.ofMillis(700)));
        synchronise(clock);
        assertThat(asked).as("the server is asked four times").hasValue(4);
        assertThat(clock.now()).isEqualTo(server.plusMillis(30));
    }

    @Test
    void asksNoMoreAfterAQuickAnswer() {
        LedgerClock clock = clock(List.of(Duration.ofMillis(900), Duration.ofMillis(40), Duration.ZERO, Duration.ZERO));
        synchronise(clock);
        assertThat(asked).hasValue(2);
    }

    @Test
    void aSlowAnswerIsBetterThanNoneAndWorseThanAnOldOne() {
        List<Duration> slow = List.of(Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofSeconds(3));
        LedgerClock first = clock(slow);
        synchronise(first);
        assertThat(first.known()).isTrue();

        asked.set(0);
        LedgerClock clock = clock(List.of(Duration.ofMillis(2), slow.get(0), slow.get(0), slow.get(0), slow.get(0)));
        synchronise(clock);
        server = server.plusSeconds(40);
        synchronise(clock);
        assertThat(asked).hasValue(5);
        assertThat(clock.now()).as("what four slow answers say is not believed").isEqualTo(server.minusSeconds(40).plusMillis(1));
    }

    private static void synchronise(LedgerClock clock) {
        clock.synchronise().await().atMost(Duration.ofSeconds(5));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        server = server.plus(time);
    }

    private LedgerClock clock(List<Duration> roundTrips) {
        ReactiveMongoDatabase database = proxy(ReactiveMongoDatabase.class, () -> {
            pass(roundTrips.get(asked.getAndIncrement()));
            return Uni.createFrom().item(new Document("localTime", Date.from(server)));
        });
        return new LedgerClock(proxy(ReactiveMongoClient.class, () -> database), "campaigns", () -> nanos);
    }

    private static <T> T proxy(Class<T> type, java.util.function.Supplier<Object> answer) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (proxy, method, arguments) -> answer.get()));
    }
}
