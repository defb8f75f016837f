package org.campaignrecovery.worker.batch;

import java.util.concurrent.CompletionStage;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.doorbell.PoisonException;
import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.campaignrecovery.model.event.CampaignBatch;
import org.campaignrecovery.worker.batch.BatchTaker.Taken;
import org.campaignrecovery.worker.event.Records;
import org.campaignrecovery.worker.permit.Permits;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * Hears {@code campaign-batch}. A record is acknowledged once its batch is leased or needs nothing; without a free slot it waits, a
 * bounded number of records at a time. Poison goes to the dead letters; a failing ledger is waited for.
 */
@ApplicationScoped
public class CampaignBatchConsumer {
    private static final Logger LOG = Logger.getLogger(CampaignBatchConsumer.class);
    /** What eight campaigns at once may have open: what is behind them waits for the ledger's sweep. */
    private static final int WAITING = 512;

    private final BatchTaker taker;
    private final LedgerGate gate;
    private final Continuity continuity;
    private final Permits waiting = new Permits(WAITING);

    CampaignBatchConsumer(BatchTaker taker, LedgerGate gate, Continuity continuity) {
        this.taker = taker;
        this.gate = gate;
        this.continuity = continuity;
    }

    /** Completes when there is room for the record, not when its batch is leased: a busy channel does not hold up the other. */
    @Incoming(CampaignBatch.TOPIC)
    @Acknowledgment(Acknowledgment.Strategy.MANUAL)
    public Uni<Void> hear(Message<String> message) {
        return gate.opened().invoke(() -> Records.ledger(message).ifPresent(continuity::heard)).chain(() -> waiting.acquire())
                .invoke(place -> answer(message).onTermination().invoke(place::release).subscribe()
                        .with(done -> LOG.trace("heard"),
                                failure -> LOG.error("a record could not be answered; Kafka delivers it again", failure)))
                .replaceWithVoid();
    }

    private Uni<Void> answer(Message<String> message) {
        return Uni.createFrom().item(() -> Records.required(message, CampaignBatch.TYPE, "batchId"))
                .chain(batch -> take(batch, Records.traceparent(message)))
                .onItemOrFailure().transformToUni((done, failure) -> failure instanceof PoisonException
                        ? stage(message.nack(failure))
                        : failure != null ? Uni.createFrom().failure(failure) : stage(message.ack()));
    }

    private Uni<Void> take(String batchId, String traceparent) {
        return taker.takeRung(batchId, traceparent)
                .chain(taken -> {
                    if (taken == Taken.UNKNOWN) {
                        return Uni.createFrom().failure(new PoisonException("there is no batch " + batchId));
                    }
                    return taken == Taken.NO_SLOT ? Uni.createFrom().nothing() : Uni.createFrom().voidItem();
                });
    }

    private static Uni<Void> stage(CompletionStage<Void> stage) {
        return Uni.createFrom().completionStage(stage);
    }
}
