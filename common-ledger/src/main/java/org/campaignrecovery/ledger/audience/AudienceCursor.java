package org.campaignrecovery.ledger.audience;

import java.util.List;

import org.bson.BsonValue;
import org.campaignrecovery.model.audience.Customer;

import io.smallrye.mutiny.Uni;

/** Reads an audience once, customer by customer, in the order of their positions. Memory does not depend on the audience's size. */
public interface AudienceCursor {

    /** The next customers, at most {@code n} and, unless the audience ends, at least one; empty at its end. One call at a time. */
    Uni<List<Entry>> next(int n);

    /** Ends the reading. */
    void close();

    /** @param position going on after it continues behind this customer */
    record Entry(Customer customer, BsonValue position) {
    }
}
