package org.campaignrecovery.bench.rates;

import org.campaignrecovery.bench.Verdict;

/** {@code make bench-rates}: a table and a line of JSON for each case; fails when a rate was not kept or not used. */
public final class RatesMain {
    private RatesMain() {
    }

    public static void main(String[] arguments) {
        Verdict.exitWith(() -> {
            RatesReport report = new Rates().run();
            System.out.println(report.table());
            report.lines().forEach(System.out::println);
            return report.exact();
        });
    }
}
