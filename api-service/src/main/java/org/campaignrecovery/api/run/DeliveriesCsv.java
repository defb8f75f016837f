package org.campaignrecovery.api.run;

import java.util.Arrays;
import java.util.List;

import org.campaignrecovery.api.csv.CsvRows;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;

import io.smallrye.mutiny.Multi;

/** Deliveries as CSV. */
final class DeliveriesCsv {
    private static final List<String> HEADER = List.of("id", "channel", "address", "customerId", "state", "attempt", "reason", "resent",
            "providerId", "at", "anonymised");

    private DeliveriesCsv() {
    }

    static Multi<String> of(Multi<DeliveryDocument> deliveries) {
        return CsvRows.of(HEADER, deliveries, DeliveriesCsv::cells);
    }

    private static List<String> cells(DeliveryDocument one) {
        return Arrays.asList(one.id(), one.channel().wire(), one.address(), one.customer(), one.state().wire(),
                String.valueOf(one.attempt()), one.reason(), one.resent() == null ? "" : "true", one.providerId(), one.at().toString(),
                one.anonymised() == null ? null : one.anonymised().toString());
    }
}
