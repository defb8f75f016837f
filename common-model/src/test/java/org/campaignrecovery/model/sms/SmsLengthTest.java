package org.campaignrecovery.model.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.strings;

import org.junit.jupiter.api.Test;

class SmsLengthTest {

    @Test
    void plainTextIsSevenBitsACharacter() {
        assertThat(SmsLength.of("a".repeat(160))).isEqualTo(new SmsLength(SmsEncoding.GSM_7, 160, 1));
        assertThat(SmsLength.of("a".repeat(161))).isEqualTo(new SmsLength(SmsEncoding.GSM_7, 161, 2));
        assertThat(SmsLength.of("a".repeat(306)).segments()).isEqualTo(2);
        assertThat(SmsLength.of("a".repeat(307)).segments()).isEqualTo(3);
        assertThat(SmsLength.of("Ärger in Ñandú? @£$¥ÆØ Δ\r\n").encoding()).as("ú is not in the alphabet").isEqualTo(SmsEncoding.UCS_2);
        assertThat(SmsLength.of("Ärger, Ñ, @£$¥ÆØ Δ\r\n").encoding()).isEqualTo(SmsEncoding.GSM_7);
    }

    @Test
    void whatStandsBehindAnEscapeTakesTwo() {
        assertThat(SmsLength.of("€".repeat(80))).isEqualTo(new SmsLength(SmsEncoding.GSM_7, 160, 1));
        assertThat(SmsLength.of("10 € [now]").units()).isEqualTo(13);
    }

    /** 152 and an escaped one do not fit into 153: the segment stays one short. */
    @Test
    void anEscapedCharacterIsNotDivided() {
        assertThat(SmsLength.of("a".repeat(152) + "€" + "a".repeat(151)).segments()).isEqualTo(2);
        assertThat(SmsLength.of("a".repeat(152) + "€" + "a".repeat(152)).segments()).isEqualTo(3);
    }

    @Test
    void anyOtherCharacterMakesAllSixteenBits() {
        assertThat(SmsLength.of("ч".repeat(70))).isEqualTo(new SmsLength(SmsEncoding.UCS_2, 70, 1));
        assertThat(SmsLength.of("ч".repeat(71))).isEqualTo(new SmsLength(SmsEncoding.UCS_2, 71, 2));
        assertThat(SmsLength.of("ч".repeat(134)).segments()).isEqualTo(2);
        assertThat(SmsLength.of("ч".repeat(135)).segments()).isEqualTo(3);
        assertThat(SmsLength.of("😀")).isEqualTo(new SmsLength(SmsEncoding.UCS_2, 2, 1));
    }

    /** 66 and a pair do not fit into 67. */
    @Test
    void aPairIsNotDivided() {
        assertThat(SmsLength.of("ч".repeat(66) + "😀" + "ч".repeat(65)).segments()).isEqualTo(2);
        assertThat(SmsLength.of("ч".repeat(66) + "😀" + "ч".repeat(66)).segments()).isEqualTo(3);
    }

    @Test
    void anEmptyTextIsOneSegment() {
        assertThat(SmsLength.of("")).isEqualTo(new SmsLength(SmsEncoding.GSM_7, 0, 1));
    }

    @Test
    void segmentsHoldEverything() {
        qt().forAll(strings().basicMultilingualPlaneAlphabet().ofLengthBetween(0, 500)).check(text -> {
            SmsLength length = SmsLength.of(text);
            int room = length.segments() == 1 ? length.encoding().alone() : length.segments() * length.encoding().joined();
            int less = length.segments() <= 2 ? length.encoding().alone() : (length.segments() - 1) * (length.encoding().joined() - 1);
            return length.units() <= room && (length.segments() == 1 || length.units() > less);
        });
    }
}
