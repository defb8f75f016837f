package org.campaignrecovery.bench.planning;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

import org.campaignrecovery.local.record.Json;

/**
 * What the planning of one size has come to.
 *
 * @param planned deliveries
 * @param seconds from due until the run was planned
 * @param workerHeapMb the most that the worker was allowed
 * @param ledgerBytes on disk, indexes and the server's own overhead included
 * @param bsonBytesPerDelivery in pages, batches and deliveries, without indexes
 * @param viewSeconds that an api took to show the run, whose batches and pages it adds up; empty when it could not
 * @param complete whether everybody was planned once and nothing was sent
 */
record PlanningReport(int customers, long planned, double seconds, int workerHeapMb, OptionalLong workerMb, OptionalLong stackMb,
        long ledgerBytes, long bsonBytesPerDelivery, OptionalDouble viewSeconds, boolean complete) {
    private static final double GIGA = 1e9;

    String line() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("customers", customers);
        fields.put("planned", planned);
        fields.put("seconds", seconds);
        fields.put("perSecond", Math.round(customers / seconds));
        fields.put("workerHeapMb", workerHeapMb);
        fields.put("workerPeakRssMb", number(workerMb));
        fields.put("stackPeakRssMb", number(stackMb));
        fields.put("ledgerBytes", ledgerBytes);
        fields.put("bsonBytesPerDelivery", bsonBytesPerDelivery);
        fields.put("viewSeconds", viewSeconds.isPresent() ? Math.round(viewSeconds.getAsDouble() * 100) / 100.0 : null);
        fields.put("complete", complete);
        return Json.line(fields);
    }

    String table() {
        return String.format(Locale.ROOT,
                "%n%,d customers, %,d planned%n  planning %,10.1f s, %,d customers a second%n  worker   %,10d MiB at most, with %d MiB of heap%n"
                        + "  servers  %,10d MiB at most%n  ledger   %,10.2f GB on disk, %,d bytes of BSON a delivery%n"
                        + "  api      %,10.2f s to show the run%n",
                customers, planned, seconds, Math.round(customers / seconds), workerMb.orElse(0), workerHeapMb, stackMb.orElse(0),
                ledgerBytes / GIGA, bsonBytesPerDelivery, viewSeconds.orElse(Double.NaN));
    }

    private static Long number(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
