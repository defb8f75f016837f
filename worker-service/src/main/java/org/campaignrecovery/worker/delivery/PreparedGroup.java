package org.campaignrecovery.worker.delivery;

import java.util.Comparator;
import java.util.Map;

import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.worker.sending.MessageSender;

/**
 * Messages that could be claimed and sent as they are.
 *
 * @param members by id of their deliveries, in order
 * @param askedNanos reading of the monotonic clock before it was asked who is suppressed
 */
record PreparedGroup(Map<String, Member> members, long askedNanos) {

    record Member(DeliveryDocument delivery, MessageSender.Ready ready) {
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    int size() {
        return members.size();
    }

    /** What its messages count at the provider. */
    int units() {
        return members.values().stream().mapToInt(member -> member.ready.units()).sum();
    }

    /** Of those that were tried least often, the first, by itself. */
    PreparedGroup oneOf() {
        Map<String, Member> one = members.entrySet().stream().min(Comparator.comparingInt(entry -> entry.getValue().delivery.attempt()))
                .map(entry -> Map.of(entry.getKey(), entry.getValue())).orElse(Map.of());
        return new PreparedGroup(one, askedNanos);
    }
}
