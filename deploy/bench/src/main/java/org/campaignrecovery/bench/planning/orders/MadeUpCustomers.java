package org.campaignrecovery.bench.planning.orders;

import java.util.BitSet;
import java.util.Iterator;
import java.util.NoSuchElementException;

import de.bwaldvogel.mongo.bson.Document;

/**
 * So many customers, in the order in which MongoDB sorts their ids: a fifth of them are numbers, from 1, which come first; the others are
 * texts of one length. Nothing is kept: orders are made while somebody reads them, and the same seed makes the same ones again.
 *
 * @param number how many
 */
public record MadeUpCustomers(long seed, int number) {
    private static final int NUMERIC_IS_ONE_OF = 5;
    private static final String TEXT = "C%09d";

    /**
     * What a campaign by e-mail to all of them must come to.
     *
     * @param planned addresses
     */
    public record Reach(int planned, int noAddress, int invalidAddress, int duplicateAddress) {
    }

    public Reach reach() {
        int[] counts = new int[MadeUpCustomer.Email.values().length];
        BitSet families = new BitSet();
        for (int index = 0; index < number; index++) {
            MadeUpCustomer customer = customer(index);
            counts[customer.email().ordinal()]++;
            if (customer.email() == MadeUpCustomer.Email.SHARED) {
                families.set(Math.toIntExact(customer.family()));
            }
        }
        int missing = counts[MadeUpCustomer.Email.MISSING.ordinal()];
        int invalid = counts[MadeUpCustomer.Email.INVALID.ordinal()];
        int duplicate = counts[MadeUpCustomer.Email.SHARED.ordinal()] - families.cardinality();
        return new Reach(number - missing - invalid - duplicate, missing, invalid, duplicate);
    }

    /** How many of them have a number for an id. */
    int numeric() {
        return number / NUMERIC_IS_ONE_OF;
    }

    /** The id of the customer at a place, from 0. */
    Object id(int index) {
        return index < numeric() ? (Object) (index + 1) : TEXT.formatted(index);
    }

    /** Orders of the customers from a place on, each customer's side by side. */
    Iterator<Document> from(int index) {
        return new Walk(index);
    }

    private MadeUpCustomer customer(int index) {
        return new MadeUpCustomer(seed, index, id(index));
    }

    private final class Walk implements Iterator<Document> {
        private int index;
        private int order;
        private MadeUpCustomer customer;

        Walk(int index) {
            this.index = index;
        }

        @Override
        public boolean hasNext() {
            return index < number;
        }

        @Override
        public Document next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (customer == null) {
                customer = customer(index);
            }
            Document made = customer.order(order++);
            if (order == customer.orders()) {
                customer = null;
                order = 0;
                index++;
            }
            return made;
        }
    }
}
