package org.campaignrecovery.worker.sending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.campaignrecovery.ledger.clock.FixedLedgerClock;
import org.campaignrecovery.model.delivery.Outcome;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static final SendingConfig CONFIG = SenderSettings.of(SendingConfig.class,
            Map.of("campaign.sending.retry.max-age", "1h", "campaign.sending.retry.max-attempts", "50"));

    @Test
    void theFirstRefusalRemembersWhenItWas() {
        Outcome outcome = at(Duration.ZERO).refusedForNow("greylisted", new Try(1, null));
        assertThat(((Outcome.RefusedForNow) outcome).firstAttemptAt()).isEqualTo(SenderSettings.NOW);
    }

    /** However recently it was tried: the age counts from the first attempt. */
    @Test
    void whatWasTriedForTheFirstTimeTooLongAgoIsGivenUp() {
        Outcome young = at(Duration.ofMinutes(30)).refusedForNow("greylisted", new Try(4, SenderSettings.NOW));
        assertThat(((Outcome.RefusedForNow) young).firstAttemptAt()).as("stays").isEqualTo(SenderSettings.NOW);
        Outcome old = at(Duration.ofMinutes(59).plusSeconds(59)).refusedForNow("greylisted", new Try(5, SenderSettings.NOW));
        assertThat(((Outcome.Refused) old).reason()).isEqualTo("greylisted; the next try would come later than PT1H after the first");
    }

    private static Retries at(Duration later) {
        return new Retries(CONFIG, new FixedLedgerClock(SenderSettings.NOW.plus(later)));
    }
}
