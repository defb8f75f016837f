package org.campaignrecovery.model.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.strings;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.campaignrecovery.model.channel.Channel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsubscribeLinksTest {
    private static final Unsubscription ADA = new Unsubscription(Channel.EMAIL, "ada@example.org", "c@2026-11-23T10:00:00Z");

    private final UnsubscribeLinks links = new UnsubscribeLinks(new byte[UnsubscribeLinks.KEY_BYTES]);

    @Test
    void aLinkStandsForItsRecipient() {
        String token = links.token(ADA);
        assertThat(links.open(token)).contains(ADA);
        assertThat(token).matches("[A-Za-z0-9_-]+").isNotEqualTo(links.token(ADA));
        assertThat(links.url("https://news.example.org/shop/ ", ADA)).startsWith("https://news.example.org/shop/unsubscribe/");
    }

    @Test
    void nobodyReadsAnAddressOutOfALink() {
        assertThat(new String(Base64.getUrlDecoder().decode(links.token(ADA)), StandardCharsets.ISO_8859_1)).doesNotContain("ada");
    }

    /** Any other bit anywhere makes it none. */
    @Test
    void nobodyElseMakesALink() {
        byte[] token = Base64.getUrlDecoder().decode(links.token(ADA));
        qt().forAll(integers().between(0, token.length * 8 - 1)).check(bit -> {
            byte[] other = token.clone();
            other[bit / 8] ^= (byte) (1 << bit % 8);
            return links.open(Base64.getUrlEncoder().withoutPadding().encodeToString(other)).isEmpty();
        });
        byte[] otherKey = new byte[UnsubscribeLinks.KEY_BYTES];
        otherKey[31] = 1;
        assertThat(new UnsubscribeLinks(otherKey).open(links.token(ADA))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "AQ", "AQAAAAAAAAAAAAAAAA", "not base 64", "..", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void anythingElseIsNoLink(String token) {
        assertThat(links.open(token)).isEmpty();
    }

    @Test
    void noTextMakesItFail() {
        qt().forAll(strings().allPossible().ofLengthBetween(0, 2_000)).check(text -> links.open(text).isEmpty());
    }

    @Test
    void aKeyHasItsLength() {
        assertThatThrownBy(() -> new UnsubscribeLinks(new byte[16])).hasMessageContaining("32 bytes, not");
    }
}
