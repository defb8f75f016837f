package org.campaignrecovery.api.migration;

import java.time.Instant;

import org.campaignrecovery.model.channel.Channel;

/**
 * One message as the system before has recorded it.
 *
 * @param channel null for every channel that the rest names or the campaign has
 * @param address raw, or null when only the customer is named
 * @param customer canonical id, or null
 * @param status as it was written there, or null
 * @param at when it was sent, or null
 */
record OldRecipient(Channel channel, String address, String customer, Verdict verdict, String status, Instant at) {

    /** What the recorded status says about the message. */
    enum Verdict {
        /** It was sent. */
        REACHED,
        /** It was not, or is known to have failed: it may be sent. */
        OPEN,
        /** Nobody can tell: only an operator may decide. */
        UNKNOWN
    }
}
