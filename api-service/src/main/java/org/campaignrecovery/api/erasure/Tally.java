package org.campaignrecovery.api.erasure;

/**
 * What a look through the ledger for a customer came to.
 *
 * @param deliveries lost their personal data, those that were cancelled among them
 * @param cancelled had not been sent
 * @param rows of pages that are being planned
 * @param testMessages to addresses of theirs
 * @param lists parts of stored lists in which they were
 * @param sending are left: handed to a provider just now, or about to be
 * @param positions are left: a run that is being planned, or may be, goes on behind the customer
 */
record Tally(long deliveries, long cancelled, long rows, long testMessages, long lists, long sending, long positions) {
    static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);

    static Tally ofRows(long rows) {
        return new Tally(0, 0, rows, 0, 0, 0, 0);
    }

    static Tally ofTestMessages(long messages) {
        return new Tally(0, 0, 0, messages, 0, 0, 0);
    }

    static Tally ofLists(long lists) {
        return new Tally(0, 0, 0, 0, lists, 0, 0);
    }

    static Tally ofPositionsLeft(long positions) {
        return new Tally(0, 0, 0, 0, 0, 0, positions);
    }

    static Tally ofDeliveries(long closed, long cancelled, long sending) {
        return new Tally(closed + cancelled, cancelled, 0, 0, 0, sending, 0);
    }

    Tally plus(Tally more) {
        return new Tally(deliveries + more.deliveries, cancelled + more.cancelled, rows + more.rows, testMessages + more.testMessages,
                lists + more.lists, sending + more.sending, positions + more.positions);
    }

    boolean nothingLeft() {
        return sending == 0 && positions == 0;
    }
}
