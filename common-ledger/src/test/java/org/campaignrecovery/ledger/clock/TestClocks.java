package org.campaignrecovery.ledger.clock;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;

/** Clocks of ledgers that tests make up. */
public final class TestClocks {
    private TestClocks() {
    }

    public static LedgerClock of(ReactiveMongoClient client) {
        return new LedgerClock(client, "campaigns");
    }
}
