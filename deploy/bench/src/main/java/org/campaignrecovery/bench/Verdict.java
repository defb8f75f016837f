package org.campaignrecovery.bench;

import java.util.concurrent.Callable;

import org.campaignrecovery.local.logging.QuietLogging;

/** How a benchmark ends: 0 when what it measured is as it must be, 1 when it is not, 2 when it could not run, with a sentence on standard error. */
public final class Verdict {
    private static final int NOT_AS_IT_MUST_BE = 1;
    private static final int NOT_RUN = 2;

    private Verdict() {
    }

    /** Runs it and ends the process. */
    public static void exitWith(Callable<Boolean> bench) {
        QuietLogging.install();
        try {
            System.exit(bench.call() ? 0 : NOT_AS_IT_MUST_BE);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
        } catch (Exception e) {
            System.err.println("The benchmark could not finish: " + e);
        }
        System.exit(NOT_RUN);
    }
}
