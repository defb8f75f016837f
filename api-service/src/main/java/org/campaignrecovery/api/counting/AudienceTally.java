package org.campaignrecovery.api.counting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

import org.campaignrecovery.ledger.consent.SuppressionDocument;
import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.address.Normalised;
import org.campaignrecovery.model.audience.Customer;
import org.campaignrecovery.model.channel.Channel;

/** Counts customers by channel and reason, as planning would. Not thread-safe. */
final class AudienceTally {
    private final AddressNormaliser normaliser;
    private final Map<Channel, ChannelTally> channels = new LinkedHashMap<>();
    private long customers;
    private long unknown;

    AudienceTally(List<Channel> channels, AddressNormaliser normaliser) {
        this.normaliser = normaliser;
        channels.forEach(channel -> this.channels.put(channel, new ChannelTally()));
    }

    /** Adds customers and tells the ids that the suppression list would have for their addresses. */
    List<String> add(List<Customer> some) {
        List<String> ids = new ArrayList<>();
        for (Customer customer : some) {
            customers++;
            unknown += customer.fields().isEmpty() ? 1 : 0;
            channels.forEach((channel, tally) -> {
                Normalised address = normaliser.normalise(channel, channel == Channel.EMAIL ? customer.email() : customer.phone());
                if (tally.reach(address)) {
                    ids.add(SuppressionDocument.id(channel, address.address()));
                }
            });
        }
        return ids;
    }

    /** @param found those of the ids that are on the suppression list */
    void suppressed(Set<String> found) {
        found.forEach(id -> channels.forEach((channel, tally) -> {
            if (id.startsWith(SuppressionDocument.id(channel, ""))) {
                tally.suppressed.add(id);
            }
        }));
    }

    long customers() {
        return customers;
    }

    AudienceCount count(boolean complete) {
        return new AudienceCount(customers, unknown, complete, byChannel(tally -> tally.reached.distinct()), skipped(),
                byChannel(tally -> tally.suppressed.distinct()));
    }

    private Map<String, Long> byChannel(ToLongFunction<ChannelTally> number) {
        return channels.entrySet().stream().collect(Collectors.toMap(one -> one.getKey().wire(),
                one -> number.applyAsLong(one.getValue()), (a, b) -> a, LinkedHashMap::new));
    }

    private Map<String, Skips> skipped() {
        Map<String, Skips> skipped = new LinkedHashMap<>();
        channels.forEach((channel, tally) -> skipped.put(channel.wire(),
                new Skips(tally.withoutAddress, tally.invalid, tally.reached.added() - tally.reached.distinct())));
        return skipped;
    }

    private static final class ChannelTally {
        private final DistinctAddresses reached = new DistinctAddresses();
        private final DistinctAddresses suppressed = new DistinctAddresses();
        private long withoutAddress;
        private long invalid;

        boolean reach(Normalised address) {
            switch (address.kind()) {
                case NONE -> withoutAddress++;
                case INVALID -> invalid++;
                case VALID -> reached.add(address.address());
            }
            return address.isValid();
        }
    }
}
