package org.campaignrecovery.worker.sending;

import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.ClaimToken;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.worker.run.RunContents.RunContent;

import io.smallrye.mutiny.Uni;

/** The way to the provider of one channel. */
public interface MessageSender {

    Channel channel();

    /**
     * Renders the message of a delivery; pure.
     *
     * @throws RuntimeException when it cannot be rendered
     */
    Ready prepare(RunContent run, DeliveryDocument delivery);

    /** A rendered message, not yet handed to the provider. */
    interface Ready {

        /**
         * Waits for a connection of its own, asks {@code gate}, and hands the message over only if it says yes. Never fails: whatever
         * happens is an outcome, and what cannot be known is {@link Outcome.Ambiguous}.
         *
         * @param claim token of the claim under which it is handed over
         * @return null when the gate said no or failed; nothing was handed over then
         */
        Uni<ProviderAnswer> send(Gate gate, ClaimToken claim, Try attempt);

        /** What it counts at the rate of its provider. */
        default int units() {
            return 1;
        }
    }

    /** Says at the last moment whether a message may still be handed over. */
    @FunctionalInterface
    interface Gate {
        Uni<Boolean> mayPass();
    }
}
