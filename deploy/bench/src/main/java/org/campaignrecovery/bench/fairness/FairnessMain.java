package org.campaignrecovery.bench.fairness;

import org.campaignrecovery.bench.BenchSettings;
import org.campaignrecovery.local.logging.QuietLogging;

/**
 * {@code make bench-fairness [SIZES=n]}: a line of JSON for each size. Exits with 1 when a small campaign waited too long, with 2 when it
 * could not run.
 */
public final class FairnessMain {
    private static final String USUAL = "1000000";

    private FairnessMain() {
    }

    public static void main(String[] arguments) {
        QuietLogging.install();
        try {
            boolean fair = true;
            for (int size : BenchSettings.of(System.getenv(), USUAL).sizes()) {
                FairnessReport report = new Fairness(size).run();
                System.out.println(report.line());
                fair &= report.fair();
            }
            System.exit(fair ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
        } catch (Exception e) {
            System.err.println("The benchmark could not finish: " + e);
        }
        System.exit(2);
    }
}
