package org.campaignrecovery.worker.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.ledger.generation.GenerationDocument;
import org.campaignrecovery.ledger.generation.GenerationRepository;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.Control;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.generation.GenerationRules;
import org.campaignrecovery.model.generation.Position;
import org.campaignrecovery.model.generation.Restoration;
import org.campaignrecovery.model.guard.Change;
import org.campaignrecovery.model.guard.Condition;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.delivery.ControlReader;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.campaignrecovery.worker.run.RunContents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** An event says that the ledger has been further than it is: it was restored from a backup. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class HeldLedgerQuarkusTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @Inject
    Ledger ledger;
    @Inject
    Continuity continuity;
    @Inject
    GenerationRepository generations;
    @Inject
    ControlReader control;
    @Inject
    RunContents contents;

    @BeforeEach
    void open() {
        ledger.awaitOpen();
    }

    /** Other tests of this process work with runs of long ago. */
    @AfterEach
    void forgetTheRestoration() {
        GenerationDocument document = document();
        assertThat(Ledger.await(generations.won(new GuardedUpdate(List.of(Condition.equal("_id", GenerationRules.ID)),
                List.of(Change.remove("hold"), Change.assign("generation", document.generation() + 1)))))).isTrue();
        await().atMost(SOON).until(() -> continuity.doubts(Instant.EPOCH).isEmpty() && continuity.goesOn());
    }

    @Test
    void nothingIsSentAndWhatIsUnfinishedIsInDoubtUntilSomebodyConfirms() {
        Position before = document().position();
        continuity.heard(new Position(before.incarnation(), before.generation() + 50));
        await().atMost(SOON).until(() -> document().hold() != null);
        RunDocument run = TestRuns.planning(Channel.EMAIL);
        run.state = RunState.SENDING;
        ledger.insert(run);
        BatchDocument late = ledger.batch(run, 0, Channel.EMAIL, 3);

        await().atMost(SOON).until(() -> Boolean.TRUE.equals(document().hold().moved()));
        assertThat(document().hold().reason()).contains("went backwards", "backup");
        assertThat(document().generation()).isGreaterThanOrEqualTo(before.generation() + 50 + GenerationRules.BEYOND);
        assertThat(continuity.obstacle()).hasValueSatisfying(sentence -> assertThat(sentence).contains("/api/ledger/confirm"));
        assertThat(Ledger.await(control.read(Ledger.await(contents.of(run.id)))).control()).isEqualTo(Control.HELD);

        long hold = document().hold().generation();
        assertThat(Ledger.await(generations.won(GenerationRules.confirm(hold, "olga", "seen", Instant.now())))).isTrue();
        assertThat(Ledger.await(generations.won(GenerationRules.confirm(hold, "otto", "seen", Instant.now())))).as("again").isFalse();
        await().atMost(SOON).until(() -> ledger.batch(late.id()).state() == BatchState.DONE);
        assertThat(ledger.states(late.members())).as("planned by somebody who did not know").containsOnly(DeliveryState.IN_DOUBT);
        assertThat(ledger.delivery(late.members().get(0)).reason()).isEqualTo(Restoration.REASON);
    }

    @Test
    void anEventOfAnotherLedgerSaysNothing() {
        continuity.heard(new Position("another", 1_000_000));
        assertThat(continuity.known().incarnation()).isEqualTo(document().incarnation());
    }

    private GenerationDocument document() {
        return Ledger.await(generations.current());
    }
}
