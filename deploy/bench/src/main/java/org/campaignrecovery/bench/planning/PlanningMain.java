package org.campaignrecovery.bench.planning;

import org.campaignrecovery.bench.BenchSettings;
import org.campaignrecovery.bench.Verdict;

/** {@code make bench-planning [SIZES=n,…]}: a table and a line of JSON for each number of customers; fails when somebody was lost. */
public final class PlanningMain {
    private static final String USUAL = "100000";

    private PlanningMain() {
    }

    public static void main(String[] arguments) {
        Verdict.exitWith(() -> {
            boolean complete = true;
            for (int customers : BenchSettings.of(System.getenv(), USUAL).sizes()) {
                PlanningReport report = new Planning(customers).run();
                System.out.println(report.table());
                System.out.println(report.line());
                complete &= report.complete();
            }
            return complete;
        });
    }
}
