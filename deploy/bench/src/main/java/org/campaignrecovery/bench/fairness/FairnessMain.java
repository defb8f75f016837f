package org.campaignrecovery.bench.fairness;

import org.campaignrecovery.bench.BenchSettings;
import org.campaignrecovery.bench.Verdict;

/** {@code make bench-fairness [SIZES=n]}: a line of JSON for each size; fails when a small campaign waited too long. */
public final class FairnessMain {
    private static final String USUAL = "1000000";

    private FairnessMain() {
    }

    public static void main(String[] arguments) {
        Verdict.exitWith(() -> {
            boolean fair = true;
            for (int size : BenchSettings.of(System.getenv(), USUAL).sizes()) {
                FairnessReport report = new Fairness(size).run();
                System.out.println(report.line());
                fair &= report.fair();
            }
            return fair;
        });
    }
}
