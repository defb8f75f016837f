package org.campaignrecovery.bench;

import org.campaignrecovery.bench.report.BenchReport;
import org.campaignrecovery.local.logging.QuietLogging;

/** {@code make bench [SIZES=n,…]}: a table and a line of JSON for each size. Exits with 1 when somebody was lost, with 2 when it could not run. */
public final class BenchMain {
    private static final String USUAL = "10000,100000";

    private BenchMain() {
    }

    public static void main(String[] arguments) {
        QuietLogging.install();
        try {
            boolean complete = true;
            for (int size : BenchSettings.of(System.getenv(), USUAL).sizes()) {
                BenchReport report = new Bench(size).run();
                System.out.println(report.table());
                System.out.println(report.line());
                complete &= report.complete();
            }
            System.exit(complete ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
        } catch (Exception e) {
            System.err.println("The benchmark could not finish: " + e);
        }
        System.exit(2);
    }
}
