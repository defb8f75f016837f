package org.campaignrecovery.bench.spread;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.bench.ours.OurCampaign;
import org.campaignrecovery.bench.stage.BenchStage;

/**
 * The same campaign by one, two and four workers, on the same servers. The mail server takes 20 ms for each message and a worker has two
 * connections to it, so that neither processor nor server is the limit.
 */
final class Spread {
    private static final List<Integer> WORKERS = List.of(1, 2, 4);
    private static final int RECIPIENTS = 9_000;
    /** Compilers of four workers would have the two cores for a good part of the time otherwise. */
    private static final int WARM_UP_OF_EACH = 600;
    private static final Map<String, String> SLOW_SERVER = Map.of("SMTP_DELAY_MS", "20");
    private static final String FEW_CONNECTIONS = "campaign.sending.email.connections=2";
    /** Many batches for each worker: with 12 of 500, one more or less would decide. */
    private static final String SMALL_BATCHES = "campaign.planning.page=50";

    SpreadReport run() throws IOException {
        try (BenchStage stage = new BenchStage(RECIPIENTS, SLOW_SERVER)) {
            System.err.printf("starting the servers and loading the orders of %,d customers%n", stage.customers());
            stage.open();
            List<SpreadReport.Row> rows = new ArrayList<>();
            for (int number : WORKERS) {
                System.err.printf("workers: %d%n", number);
                stage.startWorkers(number, FEW_CONNECTIONS, SMALL_BATCHES);
                rows.add(new SpreadReport.Row(number, new OurCampaign(stage).after(number * WARM_UP_OF_EACH)));
                stage.stopWorkers();
            }
            return new SpreadReport(rows);
        }
    }
}
