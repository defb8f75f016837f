package org.campaignrecovery.model.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.campaignrecovery.model.channel.Channel.EMAIL;
import static org.campaignrecovery.model.channel.Channel.SMS;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.arbitrary;
import static org.quicktheories.generators.SourceDSL.strings;

import java.util.HashSet;
import java.util.Set;

import org.campaignrecovery.model.channel.Channel;
import org.junit.jupiter.api.Test;

class DeliveryIdTest {
    private static final String RUN = "c1@2026-11-23T08:00:00Z";

    /** Computed by another program. A change of these would send every unfinished run's messages twice. */
    @Test
    void idsNeverChange() {
        assertThat(DeliveryId.of(RUN, EMAIL, "dana@customers.example")).isEqualTo("b4U2zczSVzsxkW2AC0mDugsI");
        assertThat(DeliveryId.of(RUN, SMS, "+12075550140")).isEqualTo("uL3avtUI_-U8M_CPr-SgO3-p");
        assertThat(DeliveryId.of("c1@manual:k", EMAIL, "xn--x@b.example")).isEqualTo("HouYQRtLp3XGDcvtEhEDqZkE");
    }

    @Test
    void differentMessagesHaveDifferentIds() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            for (Channel channel : Channel.values()) {
                ids.add(DeliveryId.of(RUN, channel, "c" + i + "@customers.example"));
                ids.add(DeliveryId.of("c2", channel, "c" + i + "@customers.example"));
            }
        }
        assertThat(ids).hasSize(40_000).allMatch(id -> id.matches("[A-Za-z0-9_-]{24}"));
    }

    @Test
    void noTextMovesFromOnePartToAnother() {
        var text = strings().basicLatinAlphabet().ofLengthBetween(0, 6);
        qt().forAll(text, text, text, arbitrary().pick(Channel.values())).check((a, b, c, channel) -> b.isEmpty()
                || !DeliveryId.of(a + b, channel, c).equals(DeliveryId.of(a, channel, b + c)));
    }
}
