package org.campaignrecovery.ledger.audience;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.bson.BsonDouble;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.campaignrecovery.model.audience.CustomerId;

/**
 * Where a customer stands among those whose pages lie between two positions. A page covers what is behind its {@code from} up to its
 * {@code to}, so one page of a run can have planned a customer: the others need not be looked at.
 */
public final class AudiencePosition {

    private AudiencePosition() {
    }

    /** Where a customer can stand among all customers: by the texts and the number that orders may name them by. */
    public static List<BsonValue> of(CustomerId customer, String asGiven) {
        List<BsonValue> positions = new ArrayList<>();
        for (Object stored : customer.storedAs()) {
            positions.add(stored instanceof Number number ? number(number) : new BsonString((String) stored));
        }
        if (!asGiven.equals(customer.text())) {
            positions.add(new BsonString(asGiven));
        }
        return positions;
    }

    /** Where the n-th customer of a stored list stands, n from 0. */
    public static BsonValue of(long n) {
        return new BsonInt64(n + 1);
    }

    /** Whether the customer can be on the page. A position that is not known excludes nothing. */
    public static boolean mayCover(BsonValue from, BsonValue to, BsonValue customer) {
        return (missing(from) || compare(from, customer) < 0) && (missing(to) || compare(customer, to) <= 0);
    }

    public static boolean same(BsonValue position, BsonValue customer) {
        return !missing(position) && compare(position, customer) == 0;
    }

    public static boolean missing(BsonValue position) {
        return position == null || position.isNull();
    }

    /** As the database orders them: numbers by their value, then texts by their bytes. */
    private static int compare(BsonValue a, BsonValue b) {
        if (a.isString() != b.isString()) {
            return a.isString() ? 1 : -1;
        }
        return a.isString()
                ? Arrays.compareUnsigned(a.asString().getValue().getBytes(UTF_8), b.asString().getValue().getBytes(UTF_8))
                : compareNumbers(a, b);
    }

    /** What is no number is not told apart from one, so that its page is looked at. */
    private static int compareNumbers(BsonValue a, BsonValue b) {
        return a.isNumber() && b.isNumber() ? a.asNumber().decimal128Value().compareTo(b.asNumber().decimal128Value()) : 0;
    }

    private static BsonValue number(Number number) {
        return number instanceof Long whole ? new BsonInt64(whole) : new BsonDouble(number.doubleValue());
    }
}
