package org.campaignrecovery.worker.planning;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.campaignrecovery.ledger.audience.AudienceCursor;
import org.campaignrecovery.ledger.planning.PageDocument.Row;
import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.address.Normalised;
import org.campaignrecovery.model.audience.Customer;
import org.campaignrecovery.model.channel.Channel;

/**
 * What a page freezes of the customers that were read: who can be reached where, deduplicated by address, and who is skipped and why.
 *
 * @param skipped by channel
 */
public record PageRows(List<Row> rows, Map<String, Skips> skipped) {

    /** @param wanted the fields that the templates use */
    public static PageRows of(List<AudienceCursor.Entry> entries, List<Channel> channels, Set<String> wanted,
            AddressNormaliser normaliser) {
        Map<Channel, Tally> tallies = new LinkedHashMap<>();
        channels.forEach(channel -> tallies.put(channel, new Tally()));
        List<Row> rows = new ArrayList<>(entries.size());
        for (AudienceCursor.Entry entry : entries) {
            Customer customer = entry.customer();
            Map<String, String> addresses = new LinkedHashMap<>();
            for (Channel channel : channels) {
                String raw = channel == Channel.EMAIL ? customer.email() : customer.phone();
                Normalised address = normaliser.normalise(channel, raw);
                if (tallies.get(channel).reach(address)) {
                    addresses.put(channel.wire(), address.address());
                }
            }
            if (!addresses.isEmpty()) {
                rows.add(Row.of(customer.id().text(), used(customer, wanted), addresses));
            }
        }
        Map<String, Skips> skipped = new LinkedHashMap<>();
        tallies.forEach((channel, tally) -> skipped.put(channel.wire(), tally.skips));
        return new PageRows(rows, skipped);
    }

    private static Map<String, String> used(Customer customer, Set<String> wanted) {
        Map<String, String> used = new LinkedHashMap<>(customer.fields());
        used.keySet().retainAll(wanted);
        return used;
    }

    /** Counts one channel of a page. */
    private static final class Tally {
        private final Set<String> seen = new HashSet<>();
        private Skips skips = Skips.NONE;

        boolean reach(Normalised address) {
            if (!address.isValid()) {
                skips = skips.plus(address == Normalised.NONE ? new Skips(1, 0, 0) : new Skips(0, 1, 0));
                return false;
            }
            if (!seen.add(address.address())) {
                skips = skips.plusDuplicates(1);
                return false;
            }
            return true;
        }
    }
}
