package org.campaignrecovery.worker.trace;

import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.trace.Branch;
import org.campaignrecovery.ledger.trace.OpenSpan;
import org.campaignrecovery.ledger.trace.Step;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.worker.sending.ProviderAnswer;

import io.smallrye.mutiny.Uni;

/** The trace of one group: a span for its way until the claim (turn, rendering, suppressions, rates), and on that one its further steps. */
final class GroupTrace {
    private final OpenSpan untilClaim;

    GroupTrace(Branch batch, int messages) {
        untilClaim = batch.begin(Step.inside("group").messages(messages));
    }

    Branch place() {
        return untilClaim.branch();
    }

    /** Of a group that came to no claim. */
    void end() {
        untilClaim.end();
    }

    <T> Uni<T> claiming(int messages, Uni<T> claim) {
        untilClaim.end();
        return place().around(Step.inside("claim").messages(messages), claim);
    }

    Uni<ProviderAnswer> sending(DeliveryDocument delivery, Uni<ProviderAnswer> attempt) {
        return Uni.createFrom().deferred(() -> {
            OpenSpan call = place().begin(Step.call("send " + delivery.channel().wire()).run(delivery.run()).batch(delivery.batch())
                    .delivery(delivery.id()).channel(delivery.channel().wire()).attempt(delivery.attempt() + 1L));
            return attempt.onTermination().invoke((answer, failure, cancelled) -> end(call, answer, failure, cancelled));
        });
    }

    private static void end(OpenSpan call, ProviderAnswer answer, Throwable failure, boolean cancelled) {
        if (failure != null) {
            call.failed(failure);
        } else if (cancelled) {
            call.came("given up").wentWrong();
        } else {
            told(call, answer);
        }
        call.end();
    }

    /** What its provider has said is not repeated: it may quote the address. */
    private static void told(OpenSpan call, ProviderAnswer answer) {
        if (answer == null || answer.outcome() == null) {
            call.came("released");
            return;
        }
        DeliveryState state = answer.outcome().state();
        call.came(state.wire());
        if (state != DeliveryState.SENT) {
            call.wentWrong();
        }
    }
}
