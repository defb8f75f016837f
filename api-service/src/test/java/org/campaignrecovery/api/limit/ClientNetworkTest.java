package org.campaignrecovery.api.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClientNetworkTest {

    @Test
    void eachAddressOfTheOldKindIsSomebody() {
        assertThat(ClientNetwork.of("192.0.2.1")).isEqualTo("192.0.2.1").isNotEqualTo(ClientNetwork.of("192.0.2.2"));
        assertThat(ClientNetwork.of("::ffff:192.0.2.1")).as("the same, as some servers write it").isEqualTo("192.0.2.1");
    }

    @Test
    void aNetworkOfTheNewKindIsOneSomebody() {
        assertThat(ClientNetwork.of("2001:db8:1:2::1")).isEqualTo(ClientNetwork.of("2001:db8:1:2:ffff::9"))
                .isNotEqualTo(ClientNetwork.of("2001:db8:1:3::1"));
    }

    /** No name is looked up, whatever a proxy passes on. */
    @Test
    void whatIsNoAddressIsAllOneSomebody() {
        for (String nonsense : new String[]{null, "", "shop.example", "_hidden", "1.2.3", "'; drop"}) {
            assertThat(ClientNetwork.of(nonsense)).isEqualTo("unknown");
        }
    }
}
