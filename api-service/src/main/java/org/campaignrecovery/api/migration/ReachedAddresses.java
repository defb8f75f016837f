package org.campaignrecovery.api.migration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.campaignrecovery.api.migration.OldRecipient.Verdict;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.address.Normalised;
import org.campaignrecovery.model.audience.Customer;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;

/** Whom the system before has reached: one entry for each channel and normalised address, in an order that does not depend on the file. */
final class ReachedAddresses {
    private static final int NAMED = 20;

    private final List<Channel> channels;
    private final Map<String, Customer> customers;
    private final AddressNormaliser normaliser;
    private final Map<Channel, Map<String, Reached>> byAddress = new TreeMap<>();
    private final List<String> strange = new ArrayList<>();
    private final List<String> unresolved = new ArrayList<>();

    /** @param customers those who are named by their id only, as far as the orders know them */
    ReachedAddresses(List<Channel> channels, Map<String, Customer> customers, AddressNormaliser normaliser) {
        this.channels = channels;
        this.customers = customers;
        this.normaliser = normaliser;
    }

    ReachedAddresses addAll(List<OldRecipient> recipients) {
        recipients.stream().filter(recipient -> recipient.verdict() != Verdict.OPEN).forEach(this::add);
        return this;
    }

    private void add(OldRecipient recipient) {
        if (recipient.address() != null) {
            put(recipient.channel(), recipient.address(), recipient);
            return;
        }
        Customer customer = customers.get(recipient.customer());
        boolean found = false;
        for (Channel channel : recipient.channel() == null ? channels : List.of(recipient.channel())) {
            String address = customer == null ? null : channel == Channel.EMAIL ? customer.email() : customer.phone();
            if (address != null) {
                found = true;
                put(channel, address, recipient);
            }
        }
        if (!found) {
            unresolved.add(recipient.customer());
        }
    }

    private void put(Channel channel, String raw, OldRecipient recipient) {
        Normalised address = normaliser.normalise(channel, raw);
        if (address.isValid()) {
            byAddress.computeIfAbsent(channel, any -> new TreeMap<>()).merge(address.address(),
                    Reached.of(channel, address.address(), recipient), (a, b) -> a.state() == DeliveryState.SENT ? a : b);
        } else {
            strange.add(raw);
        }
    }

    /** Of the channel, by address. */
    List<Reached> on(Channel channel) {
        return byAddress.getOrDefault(channel, Map.of()).values().stream().sorted(Comparator.comparing(Reached::address)).toList();
    }

    /** Names addresses: for the answer only, neither for logs nor for the audit. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!strange.isEmpty()) {
            notes.add("recorded as reached, and no addresses: " + some(strange));
        }
        if (!unresolved.isEmpty()) {
            notes.add("recorded as reached, and the orders know no address of these customers: " + some(unresolved));
        }
        return notes;
    }

    private static String some(List<String> all) {
        return String.join(", ", all.subList(0, Math.min(NAMED, all.size())))
                + (all.size() > NAMED ? " and %d more".formatted(all.size() - NAMED) : "");
    }
}
