package org.campaignrecovery.api.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

import org.apache.commons.csv.CSVFormat;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;

import io.smallrye.mutiny.Multi;

/** Deliveries as CSV (RFC 4180), in portions of whole rows, so that memory does not depend on their number. */
final class DeliveriesCsv {
    private static final int ROWS = 200;
    private static final List<String> HEADER = List.of("id", "channel", "address", "customerId", "state", "attempt", "reason", "resent",
            "providerId", "at");
    private static final Pattern FORMULA = Pattern.compile("[=+\\-@\\t\\r].*", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+");

    private DeliveriesCsv() {
    }

    static Multi<String> of(Multi<DeliveryDocument> deliveries) {
        return Multi.createBy().concatenating().streams(Multi.createFrom().item(() -> row(HEADER)),
                deliveries.map(DeliveriesCsv::row).group().intoLists().of(ROWS).map(rows -> String.join("", rows)));
    }

    private static String row(DeliveryDocument one) {
        return row(Arrays.asList(one.id(), one.channel().wire(), one.address(), one.customer(), one.state().wire(),
                String.valueOf(one.attempt()), one.reason(), one.resent() == null ? "" : "true", one.providerId(), one.at().toString()));
    }

    private static String row(List<String> values) {
        StringBuilder row = new StringBuilder();
        try {
            CSVFormat.RFC4180.printRecord(row, values.stream().map(DeliveriesCsv::harmless).toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return row.toString();
    }

    /** What a spreadsheet would take for a formula becomes text; a telephone number is none. */
    static String harmless(String value) {
        return value != null && FORMULA.matcher(value).matches() && !NUMBER.matcher(value).matches() ? "'" + value : value;
    }
}
