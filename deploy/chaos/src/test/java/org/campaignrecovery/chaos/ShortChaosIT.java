package org.campaignrecovery.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;

import org.campaignrecovery.chaos.report.RoundReport;
import org.campaignrecovery.chaos.round.Plan;
import org.campaignrecovery.chaos.round.Round;
import org.campaignrecovery.local.cluster.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One round with most kinds of faults; {@code make chaos} plays many, with all. */
class ShortChaosIT {
    private static final long SEED = 1;
    private static final int RECIPIENTS = 1_500;

    /** P1 to P8, whatever happens on the way. Fails when any of the ten invariants is violated; the timeline says what led to it. */
    @Test
    @Timeout(value = 8, unit = TimeUnit.MINUTES)
    void everythingGoesWrongAndNothingIsLostOrSentTwice() {
        Round round = new Round(Plan.brief(SEED, RECIPIENTS), RECIPIENTS,
                Repository.root().resolve("deploy/chaos/target/round"));
        RoundReport report = round.play();
        System.out.println(report.line());
        assertThat(report.violations()).as("SEED=%d led there like this:%n%s", SEED, String.join("\n", round.timeline().entries()))
                .isEmpty();
        assertThat(report.crashPoints()).as("crash points reached").hasSize(5);
        assertThat(report.looks().values()).as("what was looked at: %s", report.looks()).allMatch(looks -> looks > 50);
    }
}
