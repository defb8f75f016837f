package org.campaignrecovery.bench.spread;

import org.campaignrecovery.bench.Verdict;

/** {@code make bench-spread}: a table and a line of JSON; fails when it spreads too little or somebody was lost. */
public final class SpreadMain {
    private SpreadMain() {
    }

    public static void main(String[] arguments) {
        Verdict.exitWith(() -> {
            SpreadReport report = new Spread().run();
            System.out.println(report.table());
            System.out.println(report.line());
            return report.spreads();
        });
    }
}
