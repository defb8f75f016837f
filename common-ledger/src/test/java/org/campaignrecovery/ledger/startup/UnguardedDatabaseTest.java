package org.campaignrecovery.ledger.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;

import org.bson.Document;
import org.campaignrecovery.ledger.clock.TestClocks;
import org.junit.jupiter.api.Test;

import com.mongodb.client.result.DeleteResult;
import com.mongodb.client.result.UpdateResult;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;

/** A database that filters before it updates, so that of racing updates more than one wins now and then. */
class UnguardedDatabaseTest {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final String SENTENCE = "this database does not guard its updates (2 of 4 racing updates of one document won, 1 must): "
            + "set CAMPAIGN_MONGO_URI to a MongoDB server";

    private final AtomicInteger removed = new AtomicInteger();

    @Test
    void theProbeTellsADatabaseInWhichTwoWin() {
        GuardProbe probe = new GuardProbe(database(2), "campaigns", new BootId());
        assertThatThrownBy(() -> probe.probe().await().atMost(SOON)).isInstanceOf(GuardProbe.UnguardedDatabaseException.class)
                .hasMessage(SENTENCE);
        assertThat(removed).as("scratch documents").hasValue(1);
    }

    @Test
    void theProbeBelievesADatabaseInWhichOneWins() {
        new GuardProbe(database(1), "campaigns", new BootId()).probe().await().atMost(SOON);
    }

    /** Both services begin with this gate, and do nothing before it opens. */
    @Test
    void theLedgerStaysClosedAndSaysWhy() {
        LedgerGate gate = new LedgerGate(TestClocks.of(database(2)), new GuardProbe(database(2), "campaigns", new BootId()),
                new LedgerIndexes(database(2), "campaigns"), false);
        gate.start(new StartupEvent());
        assertThat(gate.obstacle()).isEqualTo(SENTENCE);
        assertThat(gate.isOpen()).isFalse();
        assertThat(new LedgerReadiness(gate).call().getData().orElseThrow()).containsEntry("obstacle", SENTENCE);
    }

    /** For a look at another server, with one api and one worker. */
    @Test
    void anOperatorCanAcceptIt() {
        LedgerGate gate = new LedgerGate(TestClocks.of(database(2)), new GuardProbe(database(2), "campaigns", new BootId()),
                new LedgerIndexes(database(2), "campaigns"), true);
        gate.start(new StartupEvent());
        assertThat(gate.isOpen()).isTrue();
    }

    /** @param winners how many of every four updates change the document */
    private ReactiveMongoClient database(int winners) {
        AtomicInteger updates = new AtomicInteger();
        ReactiveMongoCollection<?> scratch = proxy(ReactiveMongoCollection.class, (method, arguments) -> switch (method) {
            case "updateOne" -> Uni.createFrom().item(UpdateResult.acknowledged(1,
                    arguments.length == 3 || updates.getAndIncrement() % 4 < winners ? 1L : 0L, null));
            case "createIndex" -> Uni.createFrom().item("index");
            case "deleteOne" -> Uni.createFrom().item(() -> DeleteResult.acknowledged(removed.incrementAndGet()));
            default -> throw new UnsupportedOperationException(method);
        });
        ReactiveMongoDatabase database = proxy(ReactiveMongoDatabase.class, (method, arguments) -> method.equals("getCollection")
                ? scratch
                : Uni.createFrom().item(new Document("localTime", new Date())));
        return proxy(ReactiveMongoClient.class, (method, arguments) -> database);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type},
                (proxy, method, arguments) -> answers.to(method.getName(), arguments)));
    }

    /** What a fake answers. */
    private interface Answers {
        Object to(String method, Object[] arguments);
    }
}
