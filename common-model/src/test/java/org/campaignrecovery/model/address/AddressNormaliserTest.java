package org.campaignrecovery.model.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.campaignrecovery.model.channel.Channel.EMAIL;
import static org.campaignrecovery.model.channel.Channel.SMS;

import org.campaignrecovery.model.channel.Channel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressNormaliserTest {
    private final AddressNormaliser us = new AddressNormaliser("US");

    @ParameterizedTest
    @ValueSource(strings = {"(207) 555-0140", "+12075550140", "1-207-555-0140", " 207.555.0140 ", "12075550140"})
    void everyNotationOfANumberIsOneAddress(String raw) {
        assertThat(us.normalise(SMS, raw)).isEqualTo(Normalised.valid("+12075550140"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345", "0000000000", "n/a", "+1207555014012345678", "+999 1234567"})
    void aNumberThatCannotBeDialledIsInvalid(String raw) {
        assertThat(us.normalise(SMS, raw)).isEqualTo(Normalised.INVALID);
    }

    @ParameterizedTest
    @CsvSource({"US,+44 20 7946 0958,+442079460958", "GB,020 7946 0958,+442079460958", "DE,030 901820,+4930901820"})
    void theRegionReadsNumbersWithoutACountry(String region, String raw, String e164) {
        assertThat(new AddressNormaliser(region).normalise(SMS, raw)).isEqualTo(Normalised.valid(e164));
    }

    @ParameterizedTest
    @EnumSource(Channel.class)
    void noValueIsNotAnInvalidOne(Channel channel) {
        assertThat(us.normalise(channel, null)).isEqualTo(Normalised.NONE);
        assertThat(us.normalise(channel, " \t\u00a0")).isEqualTo(Normalised.NONE);
        assertThat(us.normalise(channel, "x")).isEqualTo(Normalised.INVALID);
    }

    @Test
    void anEmailAddressIsNormalised() {
        assertThat(us.normalise(EMAIL, " Dana@C.Example")).isEqualTo(Normalised.valid("dana@c.example"));
    }

    @Test
    void anUnknownRegionStopsAtOnceWithASentence() {
        assertThatThrownBy(() -> new AddressNormaliser("us")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("'us'");
    }
}
