package org.campaignrecovery.bench;

import org.campaignrecovery.bench.report.BenchReport;

/** {@code make bench [SIZES=n,…]}: a table and a line of JSON for each size; fails when somebody was lost. */
public final class BenchMain {
    private static final String USUAL = "10000,100000";

    private BenchMain() {
    }

    public static void main(String[] arguments) {
        Verdict.exitWith(() -> {
            boolean complete = true;
            for (int size : BenchSettings.of(System.getenv(), USUAL).sizes()) {
                BenchReport report = new Bench(size).run();
                System.out.println(report.table());
                System.out.println(report.line());
                complete &= report.complete();
            }
            return complete;
        });
    }
}
