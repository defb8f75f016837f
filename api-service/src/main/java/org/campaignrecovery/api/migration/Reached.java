package org.campaignrecovery.api.migration;

import java.time.Instant;

import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;

/**
 * An address that nothing is sent to any more by itself.
 *
 * @param address normalised
 * @param customer canonical id, or null
 * @param state sent, or in doubt when nobody can tell
 * @param reason a sentence
 * @param at when it was sent, or null when that is not recorded
 */
record Reached(Channel channel, String address, String customer, DeliveryState state, String reason, Instant at) {
    private static final String SENT = "sent by the system before";

    static Reached of(Channel channel, String address, OldRecipient recipient) {
        return recipient.verdict() == OldRecipient.Verdict.REACHED
                ? new Reached(channel, address, recipient.customer(), DeliveryState.SENT, SENT, recipient.at())
                : new Reached(channel, address, recipient.customer(), DeliveryState.IN_DOUBT,
                        "the system before left it " + (recipient.status() == null ? "without a status" : recipient.status()),
                        recipient.at());
    }
}
