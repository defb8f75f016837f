package org.campaignrecovery.worker.batch;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.crash.CrashPoint;
import org.campaignrecovery.ledger.startup.BootId;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.delivery.ClaimToken;
import org.campaignrecovery.model.delivery.CloseDecision;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryRules.Released;
import org.campaignrecovery.model.delivery.Member;
import org.campaignrecovery.model.delivery.OnDoubt;
import org.campaignrecovery.model.guard.Change;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.worker.delivery.ClaimTokens;
import org.campaignrecovery.worker.delivery.DeliveryRepository;
import org.campaignrecovery.worker.delivery.DeliveryRepository.Standing;
import org.campaignrecovery.worker.run.RunCompletion;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Looks where every member of a batch stands and closes it, gives it back until a retry, or says that there is more to do. */
@ApplicationScoped
class Closing {
    private static final Logger LOG = Logger.getLogger(Closing.class);

    private final BatchRepository batches;
    private final DeliveryRepository deliveries;
    private final ClaimTokens tokens;
    private final RunCompletion completion;
    private final Alarm alarm;
    private final Doubt doubt;
    private final LedgerClock clock;
    private final String bootId;

    Closing(BatchRepository batches, DeliveryRepository deliveries, ClaimTokens tokens, RunCompletion completion, Alarm alarm,
            Doubt doubt, LedgerClock clock, BootId boot) {
        this.batches = batches;
        this.deliveries = deliveries;
        this.tokens = tokens;
        this.completion = completion;
        this.alarm = alarm;
        this.doubt = doubt;
        this.clock = clock;
        this.bootId = boot.value();
    }

    /**
     * Whether another round of work is needed.
     *
     * @param onDoubt the campaign's, as long as its messages may be sent
     */
    Uni<Boolean> close(BatchHold hold, RunContent run, OnDoubt onDoubt) {
        return deliveries.standing(hold.batch().members()).chain(found -> {
            found.forEach(member -> hold.moved(List.of(member.id()), member.state()));
            if (found.size() != hold.batch().members().size()) {
                throw new IllegalStateException("batch %s has %d members, the ledger holds %d of them".formatted(hold.id(),
                        hold.batch().members().size(), found.size()));
            }
            CloseDecision decision = CloseDecision.of(found.stream().map(Closing::member).toList(), bootId, tokens::live, onDoubt);
            return carryOut(decision, hold, run, BatchRules.sent(hold.batch().sent().plus(Standing.sent(found))));
        });
    }

    private Uni<Boolean> carryOut(CloseDecision decision, BatchHold hold, RunContent run, List<Change> sent) {
        if (decision instanceof CloseDecision.Close close) {
            CrashPoint.BATCH_CLOSING.reach();
            return end(hold, BatchRules.close(hold.id(), hold.epoch(), close.counts(), clock.now()).with(sent))
                    .invoke(CrashPoint.BATCH_CLOSED::reach)
                    .chain(won -> won ? completion.checkSoon(run.runId()).replaceWith(false) : Uni.createFrom().item(false));
        }
        if (decision instanceof CloseDecision.HandBack handBack) {
            Instant notBefore = handBack.notBefore();
            return end(hold, BatchRules.handBack(hold.id(), hold.epoch(), handBack.counts(), notBefore, clock.now()).with(sent))
                    .invoke(won -> alarm.ringAt(hold.id(), notBefore, hold.trace())).replaceWith(false);
        }
        if (decision instanceof CloseDecision.ReleaseBurnt burnt) {
            return release(hold, burnt.idsByToken()).replaceWith(true);
        }
        if (decision instanceof CloseDecision.Resend resend) {
            return doubt.resend(hold, resend.ids()).replaceWith(true);
        }
        return Uni.createFrom().item(true);
    }

    private Uni<Boolean> end(BatchHold hold, GuardedUpdate update) {
        hold.putDown();
        return batches.won(update).invoke(won -> {
            if (!won) {
                LOG.warnf("batch=%s epoch=%d was taken over before it could be put down", hold.id(), hold.epoch());
                hold.lose();
            }
        });
    }

    /** A claim whose answer was lost has landed late: nothing of it was ever handed over. */
    private Uni<Void> release(BatchHold hold, Map<ClaimToken, List<String>> burnt) {
        return Multi.createFrom().iterable(burnt.entrySet()).onItem().transformToUniAndConcatenate(entry -> {
            LOG.infof("batch=%s releases n=%d of claim=%s, which landed after its answer was given up", hold.id(),
                    entry.getValue().size(), entry.getKey());
            return deliveries.modified(DeliveryRules.release(entry.getValue(), entry.getKey(), Released.PENDING_AGAIN, clock.now()));
        }).collect().asList().replaceWithVoid();
    }

    /** What is anonymised cannot be sent again. */
    private static Member member(Standing delivery) {
        return new Member(delivery.id(), delivery.state(),
                delivery.claim() == null ? null : ClaimToken.parse(delivery.claim()), delivery.notBefore(),
                delivery.resent() != null || delivery.anonymised() != null);
    }
}
