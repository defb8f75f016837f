package org.campaignrecovery.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.inject.Inject;

import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.campaign.CampaignDeparture;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.campaign.CampaignTransitions;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** What a campaign shows of itself when evidence about its run comes in between the adding up and the leaving. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class DepartureQuarkusTest {
    @Inject
    Ledger ledger;
    @Inject
    CampaignDeparture departure;
    @Inject
    RunTotals totals;
    @Inject
    ReactiveMongoClient mongo;
    @ConfigProperty(name = "quarkus.mongodb.database")
    String database;

    private RunDocument run;
    private BatchDocument batch;

    @BeforeEach
    void aRunThatHasEndedWithADoubt() {
        ledger.awaitOpen();
        run = TestRuns.planning(Channel.EMAIL);
        run.state = RunState.COMPLETED;
        run.totals = Map.of("email", known(1).toWire());
        ledger.insert(run);
        batch = ledger.batch(run, 0, Channel.EMAIL, 2);
        ledger.set(batch.members(), DeliveryState.SENT, "a:1", 1);
        ledger.set(BatchDocument.COLLECTION, batch.id(), "state", BatchState.DONE.wire());
        ledger.set(BatchDocument.COLLECTION, batch.id(), "counts", known(1).toWire());
    }

    /** It stays for the sweep, which finds the right sum. Before, it left with the old one, and nobody looked at it again. */
    @Test
    void evidenceBetweenTheAddingUpAndTheLeavingIsInThePerformance() {
        assertThat(departsAfter(this::evidence)).as("left with the sums of before the evidence").isFalse();
        assertThat(ledger.campaign(run.campaignId).status).isEqualTo(CampaignStatus.PROCESSING);
        assertThat(Ledger.await(departure.depart(run, Instant.now()))).isTrue();
        assertPerformance(2);
    }

    /** A recurring campaign has results of earlier runs already. */
    @Test
    void alsoOfACampaignThatHasResults() {
        ledger.set(CampaignDocument.COLLECTION, run.campaignId, "performance", new CampaignDocument.Performance(1, 2, 1, 0, 1, null, null));
        assertThat(departsAfter(this::evidence)).isFalse();
        assertThat(Ledger.await(departure.depart(run, Instant.now()))).isTrue();
        assertPerformance(2);
    }

    @Test
    void withoutEvidenceItLeavesAtOnce() {
        assertThat(departsAfter(() -> Uni.createFrom().voidItem())).isTrue();
        assertPerformance(1);
    }

    private void assertPerformance(int sent) {
        CampaignDocument campaign = ledger.campaign(run.campaignId);
        assertThat(campaign.status).isEqualTo(CampaignStatus.COMPLETED);
        assertThat(campaign.performance).isEqualTo(new CampaignDocument.Performance(1, 2, sent, 0, 2 - sent, null, null));
    }

    /** Lets the campaign depart; what {@code meanwhile} does comes between its reading and its writing. */
    private boolean departsAfter(Supplier<Uni<Void>> meanwhile) {
        CampaignTransitions transitions = new CampaignTransitions(mongo, database);
        QuarkusMock.installMockForType(new Interrupted(mongo, database, transitions, run.campaignId, meanwhile), CampaignTransitions.class);
        try {
            return Ledger.await(departure.depart(run, Instant.now()));
        } finally {
            QuarkusMock.installMockForType(transitions, CampaignTransitions.class);
        }
    }

    /** What was in doubt was sent; counted again, as the sweep does. */
    private Uni<Void> evidence() {
        return Uni.createFrom().<Void>item(() -> {
            ledger.set(BatchDocument.COLLECTION, batch.id(), "counts", known(2).toWire());
            return null;
        }).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()).chain(() -> totals.takeAgain(run.id)).replaceWithVoid();
    }

    private static Counts known(int sent) {
        return Counts.of(DeliveryState.SENT, sent).plus(DeliveryState.IN_DOUBT, 2 - sent);
    }

    /** Something happens before the first change of this campaign. */
    private static final class Interrupted extends CampaignTransitions {
        private final CampaignTransitions transitions;
        private final String campaign;
        private final Supplier<Uni<Void>> meanwhile;

        Interrupted(ReactiveMongoClient mongo, String database, CampaignTransitions transitions, String campaign,
                Supplier<Uni<Void>> meanwhile) {
            super(mongo, database);
            this.transitions = transitions;
            this.campaign = campaign;
            this.meanwhile = meanwhile;
        }

        @Override
        public Uni<Optional<CampaignDocument>> apply(GuardedUpdate update, AuditDocument entry) {
            return entry.campaign().equals(campaign)
                    ? Uni.createFrom().deferred(meanwhile::get).chain(() -> transitions.apply(update, entry))
                    : transitions.apply(update, entry);
        }
    }
}
