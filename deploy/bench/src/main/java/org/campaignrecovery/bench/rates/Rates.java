package org.campaignrecovery.bench.rates;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.bench.rates.RateCase.Limit;
import org.campaignrecovery.bench.rates.RateCase.Work;
import org.campaignrecovery.bench.stage.BenchStage;

/** Campaigns under a rate of their own or of the mail server, by one worker and by four, all on the same servers. */
final class Rates {
    private static final int RECIPIENTS = 17_300;
    private static final Map<String, String> WITHOUT_SOURCES = Map.of("STACK_KEEP_RAW", "false");
    /** All customers of a campaign are one batch then, and so one worker's. */
    private static final String ONE_BATCH = "campaign.planning.first-page=12000";
    /** Small ones, so that each of four has some, and a dead one does not have the half of all. */
    private static final String SMALL_BATCHES = "campaign.planning.page=200";
    /** Compiled by the second compiler four workers would be warm after minutes only, and share two processors with it until then. */
    private static final String FIRST_COMPILER_ONLY = "-XX:TieredStopAtLevel=1";
    private static final int SLOW = 50;
    private static final int FAST = 500;
    /** About 19 s of it. */
    private static final Map<Integer, Integer> CUSTOMERS = Map.of(SLOW, 1_150, FAST, 11_000);
    /** A dead worker's batches come back after 20 s or more: the others have work for longer. */
    private static final Map<Integer, Integer> CUSTOMERS_WITH_A_DEATH = Map.of(SLOW, 2_600, FAST, 20_400);
    /** Customers of a campaign before, without a rate of its own. */
    private static final Map<Integer, Integer> WARM_UP = Map.of(SLOW, 250, FAST, 8_000);

    private static final List<Setup> SETUPS = List.of(
            new Setup(1, 0, List.of(), List.of(all(Limit.CAMPAIGN, SLOW, 1), all(Limit.CAMPAIGN, FAST, 1))),
            new Setup(1, SLOW, List.of(), List.of(all(Limit.PROVIDER, SLOW, 1))),
            new Setup(1, FAST, List.of(), List.of(all(Limit.PROVIDER, FAST, 1))),
            new Setup(4, 0, List.of(SMALL_BATCHES),
                    List.of(all(Limit.CAMPAIGN, SLOW, 4), all(Limit.CAMPAIGN, FAST, 4), death(Limit.CAMPAIGN, SLOW))),
            new Setup(4, SLOW, List.of(SMALL_BATCHES), List.of(all(Limit.PROVIDER, SLOW, 4))),
            new Setup(4, FAST, List.of(SMALL_BATCHES), List.of(all(Limit.PROVIDER, FAST, 4), death(Limit.PROVIDER, FAST))),
            new Setup(4, 0, List.of(ONE_BATCH), List.of(one(Limit.CAMPAIGN, SLOW), one(Limit.CAMPAIGN, FAST))));

    RatesReport run() throws IOException {
        try (BenchStage stage = new BenchStage(RECIPIENTS, WITHOUT_SOURCES)) {
            System.err.printf("starting the servers and loading the orders of %,d customers%n", stage.customers());
            stage.open();
            Rated rated = new Rated(stage);
            List<RatesReport.Row> rows = new ArrayList<>();
            for (Setup setup : SETUPS) {
                System.err.printf("workers: %d %s%n", setup.workers, setup.settings());
                stage.startWorkers(setup.workers, setup.settings().toArray(String[]::new));
                rated.warmUp(WARM_UP.get(setup.fastest()));
                for (RateCase each : setup.cases) {
                    RatesReport.Row row = rated.measure(each);
                    System.err.println(row.line());
                    rows.add(row);
                }
                stage.stopWorkers();
            }
            return new RatesReport(rows);
        }
    }

    private static RateCase all(Limit limit, int perSecond, int workers) {
        return new RateCase(limit, perSecond, workers, Work.ALL, CUSTOMERS.get(perSecond));
    }

    /** A list of more than some thousands is planned in several pages, however large a page may be; what a filter finds is not. */
    private static RateCase one(Limit limit, int perSecond) {
        return new RateCase(limit, perSecond, 4, Work.ONE, perSecond == FAST ? RateCase.OF_TWO_COUNTRIES : CUSTOMERS.get(perSecond));
    }

    private static RateCase death(Limit limit, int perSecond) {
        return new RateCase(limit, perSecond, 4, Work.DEATH, CUSTOMERS_WITH_A_DEATH.get(perSecond));
    }

    /** @param providerPerSecond 0 for none */
    private record Setup(int workers, int providerPerSecond, List<String> more, List<RateCase> cases) {

        List<String> settings() {
            List<String> settings = new ArrayList<>(more);
            settings.add(FIRST_COMPILER_ONLY);
            if (providerPerSecond > 0) {
                settings.add("campaign.sending.email.rate-per-second=" + providerPerSecond);
            }
            return settings;
        }

        int fastest() {
            return cases.stream().mapToInt(RateCase::perSecond).max().orElseThrow();
        }
    }
}
