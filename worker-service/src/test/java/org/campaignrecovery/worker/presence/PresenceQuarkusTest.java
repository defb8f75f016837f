package org.campaignrecovery.worker.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.campaignrecovery.ledger.presence.Farewell;
import org.campaignrecovery.ledger.presence.PresenceDocument;
import org.campaignrecovery.ledger.presence.PresenceRepository;
import org.campaignrecovery.ledger.presence.Reach;
import org.campaignrecovery.ledger.startup.BootId;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** A worker says that it is there and what it reaches. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PresenceQuarkusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Inject
    Ledger ledger;
    @Inject
    PresenceRepository processes;
    @Inject
    BootId boot;

    @BeforeEach
    void open() {
        ledger.awaitOpen();
    }

    @Test
    void aWorkerTellsWhatItReaches() {
        PresenceDocument worker = await().atMost(PATIENCE).until(this::own,
                own -> own != null && own.reach().size() == 4 && own.reach().values().stream().allMatch(Reach.ok()::equals)
                        && Math.abs(own.clockOffsetMillis()) < 1_000);
        assertThat(worker.reach()).containsOnlyKeys("kafka", "orders", "smtp", "sms");
        assertThat(worker.isWorker()).isTrue();
        assertThat(worker.schedulers()).isTrue();
        assertThat(worker.sweeps()).isTrue();
        assertThat(worker.startedAt()).isBeforeOrEqualTo(worker.at());
        assertThat(worker.host()).isNotBlank();
    }

    @Test
    void itsTimeGoesOn() {
        Instant first = await().atMost(PATIENCE).until(this::own, own -> own != null).at();
        await().atMost(PATIENCE).until(() -> own().at().isAfter(first));
    }

    @Test
    void whoeverLooksForgetsWhatIsAnHourOld() {
        Instant now = Instant.now();
        Ledger.await(ledger.of(PresenceDocument.COLLECTION, PresenceDocument.class)
                .insertMany(List.of(silent("old", now.minusSeconds(3_601)), silent("dead", now.minusSeconds(3_000)))));
        assertThat(Ledger.await(processes.all(now))).extracting(PresenceDocument::id).contains("dead").doesNotContain("old");
        assertThat(Ledger.await(ledger.of(PresenceDocument.COLLECTION, PresenceDocument.class).find().collect().asList()))
                .extracting(PresenceDocument::id).doesNotContain("old");
    }

    /** The last one: this process is not seen again. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aProcessThatIsToldToStopTakesItBack() throws InterruptedException {
        await().atMost(PATIENCE).until(this::own, own -> own != null);
        Farewell.say();
        assertThat(own()).isNull();
        await().during(Duration.ofSeconds(5)).atMost(PATIENCE).until(() -> own() == null);
    }

    private PresenceDocument own() {
        return Ledger.await(processes.all(Instant.now())).stream().filter(process -> process.id().equals(boot.value())).findFirst()
                .orElse(null);
    }

    private static PresenceDocument silent(String id, Instant at) {
        return new PresenceDocument(id, PresenceDocument.WORKER, "host", null, true, true, 0L, Map.of(), at, at);
    }
}
