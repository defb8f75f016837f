package org.campaignrecovery.chaos;

import java.nio.file.Path;

import org.campaignrecovery.chaos.report.RoundReport;
import org.campaignrecovery.chaos.round.Round;
import org.campaignrecovery.local.cluster.Repository;
import org.campaignrecovery.local.logging.QuietLogging;

/** {@code make chaos [SEED=n ROUNDS=n RECIPIENTS=n]}: exits with 1 when an invariant was violated, with 2 when a round could not be played. */
public final class ChaosMain {
    private static final int VIOLATED = 1;
    private static final int NOT_PLAYED = 2;

    private ChaosMain() {
    }

    public static void main(String[] arguments) {
        QuietLogging.install();
        try {
            System.exit(play(ChaosSettings.of(System.getenv())));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(NOT_PLAYED);
        }
    }

    private static int play(ChaosSettings settings) {
        Path directory = Repository.root().resolve(".local/chaos");
        int status = 0;
        for (long seed = settings.seed(); seed < settings.seed() + settings.rounds(); seed++) {
            Round round = new Round(settings.plan(seed), settings.recipients(), directory.resolve("seed-" + seed));
            try {
                RoundReport report = round.play();
                System.out.println(report.line());
                if (!report.clean()) {
                    status = Math.max(status, VIOLATED);
                    tell(seed, round);
                }
            } catch (RuntimeException e) {
                System.err.println("The round could not be played: " + e);
                tell(seed, round);
                status = NOT_PLAYED;
            }
        }
        return status;
    }

    private static void tell(long seed, Round round) {
        System.err.println("SEED=" + seed + " led there like this:");
        round.timeline().entries().forEach(System.err::println);
    }
}
