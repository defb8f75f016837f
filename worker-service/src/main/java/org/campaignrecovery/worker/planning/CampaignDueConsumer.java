package org.campaignrecovery.worker.planning;

import java.time.Duration;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.doorbell.PoisonException;
import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.campaignrecovery.model.event.CampaignDue;
import org.campaignrecovery.worker.event.Records;
import org.campaignrecovery.worker.planning.PlannerTaker.Taken;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * Hears {@code campaign-due}. A record is acknowledged once the run's planning is leased or needs nothing. Poison goes to the dead
 * letters; a failing ledger is waited for.
 */
@ApplicationScoped
public class CampaignDueConsumer {
    private static final Logger LOG = Logger.getLogger(CampaignDueConsumer.class);
    private static final Duration FIRST_RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(3);

    private final PlannerTaker taker;
    private final LedgerGate gate;
    private final Continuity continuity;

    CampaignDueConsumer(PlannerTaker taker, LedgerGate gate, Continuity continuity) {
        this.taker = taker;
        this.gate = gate;
        this.continuity = continuity;
    }

    @Incoming(CampaignDue.TOPIC)
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    public Uni<Void> hear(Message<String> message) {
        return gate.opened().invoke(() -> Records.ledger(message).ifPresent(continuity::heard))
                .map(open -> Records.required(message, CampaignDue.TYPE, "runId")).chain(run -> take(run, Records.traceparent(message)))
                .onItemOrFailure()
                .transformToUni((done, failure) -> Uni.createFrom()
                        .completionStage(failure instanceof PoisonException ? message.nack(failure) : message.ack()));
    }

    private Uni<Void> take(String runId, String traceparent) {
        return taker.takeRung(runId, traceparent).onFailure()
                .invoke(failure -> LOG.debugf("run=%s could not be looked at: %s", runId, failure.getMessage())).onFailure().retry()
                .withBackOff(FIRST_RETRY, LONGEST_RETRY).indefinitely().invoke(taken -> {
                    if (taken == Taken.UNKNOWN) {
                        throw new PoisonException("there is no run " + runId);
                    }
                }).replaceWithVoid();
    }
}
