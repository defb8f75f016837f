package org.campaignrecovery.bench.spread;

import org.campaignrecovery.local.logging.QuietLogging;

/** {@code make bench-spread}: a table and a line of JSON. Exits with 1 when it spreads too little or somebody was lost, with 2 when it could not run. */
public final class SpreadMain {
    private SpreadMain() {
    }

    public static void main(String[] arguments) {
        QuietLogging.install();
        try {
            SpreadReport report = new Spread().run();
            System.out.println(report.table());
            System.out.println(report.line());
            System.exit(report.spreads() ? 0 : 1);
        } catch (Exception e) {
            System.err.println("The benchmark could not finish: " + e);
        }
        System.exit(2);
    }
}
