package org.campaignrecovery.ledger.audience;

import java.math.BigDecimal;

/** When the database holds two customer ids for one value. */
final class CustomerOrder {
    private CustomerOrder() {
    }

    /** As the database orders them: 17850, 17850L and 17850.0 are one value; two whole numbers never are, however long they are. */
    static boolean same(Object one, Object other) {
        if (!(one instanceof Number a && other instanceof Number b)) {
            return one.equals(other);
        }
        return a.getClass() == b.getClass() && a.equals(b) || exact(a) != null && exact(b) != null && exact(a).compareTo(exact(b)) == 0;
    }

    /** Null for what is no number, as infinity. */
    private static BigDecimal exact(Number number) {
        try {
            return number instanceof Double binary ? new BigDecimal(binary) : new BigDecimal(number.toString());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
