package org.campaignrecovery.model.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.arbitrary;
import static org.quicktheories.generators.SourceDSL.longs;

import java.time.Duration;

import org.campaignrecovery.model.delivery.DeliveryRules.Released;
import org.campaignrecovery.model.delivery.LastGate.Cause;
import org.campaignrecovery.model.delivery.LastGate.Release;
import org.campaignrecovery.model.delivery.LastGate.Send;
import org.junit.jupiter.api.Test;

class LastGateTest {

    @Test
    void whatWasClaimedAndAllowedAMomentAgoIsSent() {
        assertThat(decide(4_999, 999, Control.SENDING)).isEqualTo(new Send());
    }

    @Test
    void aClaimOfFiveSecondsAgoIsReleased() {
        assertThat(decide(5_000, 0, Control.SENDING)).isEqualTo(new Release(Released.PENDING_AGAIN, Cause.CLAIM_TOO_OLD));
    }

    @Test
    void aControlStateOfASecondAgoIsUnknown() {
        assertThat(decide(0, 1_000, Control.SENDING)).isEqualTo(new Release(Released.PENDING_AGAIN, Cause.CONTROL_UNKNOWN));
        assertThat(decide(0, 0, null)).isEqualTo(new Release(Released.PENDING_AGAIN, Cause.CONTROL_UNKNOWN));
    }

    @Test
    void aPausedCampaignAndAStoppedSystemKeepTheirMessages() {
        assertThat(decide(0, 0, Control.PAUSED)).isEqualTo(new Release(Released.PENDING_AGAIN, Cause.PAUSED));
        assertThat(decide(0, 0, Control.STOPPED)).isEqualTo(new Release(Released.PENDING_AGAIN, Cause.STOPPED));
    }

    @Test
    void outsideItsWindowACampaignKeepsItsMessages() {
        assertThat(decide(0, 0, Control.OUTSIDE_WINDOW)).isEqualTo(new Release(Released.PENDING_AGAIN, Cause.OUTSIDE_WINDOW));
    }

    @Test
    void aCancelledCampaignsMessagesAreCancelledHoweverLongAgoItWasRead() {
        assertThat(decide(0, 60_000, Control.CANCELLED))
                .isEqualTo(new Release(Released.cancelled("the campaign was cancelled"), Cause.CANCELLED));
        assertThat(decide(60_000, 0, Control.ENDED))
                .isEqualTo(new Release(Released.cancelled("the campaign's end date has passed"), Cause.ENDED));
    }

    @Test
    void nothingIsSentUnlessEverythingIsFreshAndAllowed() {
        qt().forAll(longs().between(-10_000, 10_000), longs().between(-10_000, 10_000), arbitrary().pick(Control.values()))
                .check((claim, control, state) -> {
                    boolean allowed = state == Control.SENDING && claim >= 0 && claim < 5_000 && control >= 0 && control < 1_000;
                    return (decide(claim, control, state) instanceof Send) == allowed;
                });
    }

    private static LastGate.Decision decide(long sinceClaim, long sinceControl, Control control) {
        return LastGate.DEFAULT.decide(Duration.ofMillis(sinceClaim), Duration.ofMillis(sinceControl), control);
    }
}
