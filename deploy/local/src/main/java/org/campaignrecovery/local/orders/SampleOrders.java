package org.campaignrecovery.local.orders;

import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;

import org.bson.Document;

/**
 * Orders of made-up customers with the usual mess: missing, blank, invalid and changed addresses, one address in several spellings or shared
 * by several customers, cancelled orders, orders without a customer, text and numeric customer ids.
 *
 * <p>The same seed and number give the same orders. They are made one by one, round by round (every customer's first order, then the
 * second, …, at last those without a customer), so any number of customers fits into memory.
 */
public final class SampleOrders implements Iterable<Document> {
    private static final int ANONYMOUS_EVERY = 20;
    private static final Date ANONYMOUS_DATE = Date.from(Instant.parse("2025-06-01T12:00:00Z"));

    private final long seed;
    private final int customers;
    private final SamplePhones phones;

    public SampleOrders(long seed, int customers) {
        this.seed = seed;
        this.customers = customers;
        this.phones = new SamplePhones(customers);
    }

    /** What a campaign to all customers must come to on one channel. */
    public record Reach(int planned, int noAddress, int invalidAddress, int duplicateAddress) {
    }

    public Reach email() {
        return reach(SampleCustomer::email);
    }

    public Reach sms() {
        return reach(SampleCustomer::phone);
    }

    @Override
    public Iterator<Document> iterator() {
        return new Rounds();
    }

    private Reach reach(Function<SampleCustomer, SampleContact> channel) {
        int[] counts = new int[SampleContact.Kind.values().length];
        Set<String> shared = new HashSet<>();
        for (int number = 1; number <= customers; number++) {
            SampleContact contact = channel.apply(customer(number));
            counts[contact.kind().ordinal()]++;
            if (contact.kind() == SampleContact.Kind.SHARED) {
                shared.add(contact.address());
            }
        }
        int missing = counts[SampleContact.Kind.MISSING.ordinal()];
        int invalid = counts[SampleContact.Kind.INVALID.ordinal()];
        int duplicate = counts[SampleContact.Kind.SHARED.ordinal()] - shared.size();
        return new Reach(customers - missing - invalid - duplicate, missing, invalid, duplicate);
    }

    private SampleCustomer customer(int number) {
        return new SampleCustomer(seed, number, phones);
    }

    private final class Rounds implements Iterator<Document> {
        private int round;
        private int number;
        private Document next = advance();

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Document next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            Document current = next;
            next = advance();
            return current;
        }

        private Document advance() {
            while (round <= SampleCustomer.MOST_ORDERS) {
                if (++number > customers) {
                    number = 0;
                    round++;
                } else if (round == SampleCustomer.MOST_ORDERS) {
                    if (number % ANONYMOUS_EVERY == 0) {
                        return anonymous(number);
                    }
                } else {
                    SampleCustomer customer = customer(number);
                    if (round < customer.orders()) {
                        return customer.order(round);
                    }
                }
            }
            return null;
        }

        private Document anonymous(int number) {
            Document order = new Document("order_id", String.format("A%08d", number)).append("order_date", ANONYMOUS_DATE)
                    .append("total", 9.99).append("items", 1).append("cancelled", false);
            return number % (2 * ANONYMOUS_EVERY) == 0 ? order.append("customer_id", null) : order;
        }
    }
}
